package dev.latchkey.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.test.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key as the password of {@code Authorization: Basic}, for callers that know no Bearer. */
class BasicCredentialsTest {
  private static final String BEARER_CHALLENGE = "Bearer realm=\"API\"";
  private static final String BASIC_CHALLENGE = "Basic realm=\"API\", charset=\"UTF-8\"";
  private static final String INVALID_TOKEN = BEARER_CHALLENGE + ", error=\"invalid_token\"";
  private static final String INVALID_REQUEST = BEARER_CHALLENGE + ", error=\"invalid_request\"";

  private FilterServer server;

  private void start(String... settings) throws Exception {
    ApiKeysConfig.Builder config =
        ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
    for (int i = 0; i < settings.length; i += 2) {
      config.set(settings[i], settings[i + 1]);
    }
    server = new FilterServer(config);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer present(String authorization) {
    return server.caller().get("api/whoami").header("Authorization", authorization).send();
  }

  private static String basic(String userPass) {
    return "Basic " + base64(userPass);
  }

  private static String base64(String userPass) {
    return Base64.getEncoder().encodeToString(userPass.getBytes(StandardCharsets.UTF_8));
  }

  private String newKey() {
    return server.add("alice").secret().reveal();
  }

  private static String withWrongChecksum(String key) {
    char last = key.charAt(key.length() - 1);
    return key.substring(0, key.length() - 1) + (last == '0' ? '1' : '0');
  }

  private static void assertRefused(Answer answer, int status, String type, String... challenges) {
    answer.assertProblem(status, type);
    assertThat(answer.http().headers().allValues("WWW-Authenticate")).containsExactly(challenges);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "alice", "bob", "x-token-auth", "Zoë", "a b"})
  void passwordIsTheKeyWhateverTheUserName(String user) throws Exception {
    start("acceptBasic", "true");
    String key = newKey();
    for (String scheme : new String[] {"Basic ", "basic ", "BASIC   "}) {
      Answer answer = present(scheme + base64(user + ":" + key));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).contains("\"user\":\"alice\"", "\"authType\":\"API_KEY\"");
      assertThat(answer.header("API-Key-Expires")).isNotNull();
    }
    assertThat(present("Bearer " + key).status()).isEqualTo(200);
    // Without padding, which some callers leave out.
    assertThat(present(basic("alice:" + key).replace("=", "")).status()).isEqualTo(200);
  }

  @Test
  void missingKeyIsChallengedByBasicToo() throws Exception {
    start("acceptBasic", "true");
    Answer missing = server.caller().get("api/whoami").send();
    assertRefused(missing, 401, "missing-key", BEARER_CHALLENGE, BASIC_CHALLENGE);
    assertRefused(present("Digest a=b"), 401, "missing-key", BEARER_CHALLENGE, BASIC_CHALLENGE);
    assertRefused(present("Basically x"), 401, "missing-key", BEARER_CHALLENGE, BASIC_CHALLENGE);
  }

  @Test
  void passwordThatIsNoLiveKeyIsInvalid() throws Exception {
    start("acceptBasic", "true");
    IssuedKey deleted = server.add("alice");
    server.delete(deleted);
    String key = newKey();
    for (String password :
        new String[] {
          "",
          "secret",
          "two words",
          "ключ",
          key + " ",
          ":" + key,
          withWrongChecksum(key),
          deleted.secret().reveal()
        }) {
      assertRefused(present(basic("alice:" + password)), 401, "invalid-key", INVALID_TOKEN);
    }
    assertRefused(present(basic(key + ":")), 401, "invalid-key", INVALID_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Basic ", "Basic %", "Basic a", "Basic YWI=", "Basic YTpi YTpi"})
  void unreadableUserAndPasswordAreMalformed(String value) throws Exception {
    start("acceptBasic", "true", "acceptBareKey", "true");
    assertRefused(present(value), 400, "malformed-credentials", INVALID_REQUEST);
  }

  @Test
  void basicBesideKeyHeaderIsTwoKeys() throws Exception {
    start("acceptBasic", "true", "credentials", "optional");
    String key = newKey();
    for (String password : new String[] {key, "secret"}) {
      Answer answer =
          server
              .caller()
              .get("api/whoami")
              .header("Authorization", basic("alice:" + password))
              .header("X-API-Key", key)
              .send();
      assertRefused(answer, 400, "malformed-credentials", INVALID_REQUEST);
    }
  }

  @Test
  void otherPasswordsAreTheApplicationsIfCredentialsAreOptional() throws Exception {
    start("acceptBasic", "true", "credentials", "optional");
    for (String password : new String[] {"", "secret", "two words", "lk_x"}) {
      Answer answer = present(basic("alice:" + password));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).contains("\"user\":null");
    }
    String key = newKey();
    assertThat(present(basic("alice:" + key)).text()).contains("\"user\":\"alice\"");
    String wrong = withWrongChecksum(key);
    assertRefused(present(basic("alice:" + wrong)), 401, "invalid-key", INVALID_TOKEN);
    server.forget("alice");
    assertRefused(present(basic("alice:" + key)), 401, "invalid-key", INVALID_TOKEN);
    assertRefused(present("Basic %"), 400, "malformed-credentials", INVALID_REQUEST);
  }

  @Test
  void basicIsAnotherSchemeUnlessAccepted() throws Exception {
    start();
    String key = newKey();
    assertRefused(present(basic("alice:" + key)), 401, "missing-key", BEARER_CHALLENGE);
    Answer answer =
        server
            .caller()
            .get("api/whoami")
            .header("Authorization", basic("alice:secret"))
            .header("X-API-Key", key)
            .send();
    assertThat(answer.status()).isEqualTo(200);
  }
}
