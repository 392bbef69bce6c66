package dev.latchkey.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.test.Answer;
import dev.latchkey.test.HttpCall;
import dev.latchkey.test.HttpCaller;
import dev.latchkey.test.MutableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may pass: the filter as its callers see it, in a container and over a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FilterContract {
  private static final Instant NOW = Instant.parse("2026-11-23T04:00:00Z");
  private static final Duration VALIDITY = Duration.ofDays(30);
  private static final String CHALLENGE = "Bearer realm=\"API\"";
  private static final String INVALID_TOKEN = CHALLENGE + ", error=\"invalid_token\"";
  private static final String INVALID_REQUEST = CHALLENGE + ", error=\"invalid_request\"";

  private final MutableClock clock = new MutableClock(NOW);
  private FilterServer server;
  private HttpCaller caller;

  /** Returns settings that lead to an empty database. */
  abstract ApiKeysConfig.Builder emptyDatabase();

  @BeforeAll
  void start() throws Exception {
    server = new FilterServer(emptyDatabase().clock(clock));
    caller = server.caller();
  }

  @BeforeEach
  void setClock() {
    clock.set(NOW);
  }

  @AfterEach
  void leaveNoKeys() {
    server.forget("alice");
    server.forget("bob");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private String newKey() {
    return server.add("alice").secret().reveal();
  }

  private HttpCall whoami() {
    return caller.get("api/whoami");
  }

  private Answer whoami(String key) {
    return whoami().bearer(key).send();
  }

  private void assertPasses(String key) {
    assertThat(whoami(key).status()).isEqualTo(200);
  }

  private static void assertRefused(Answer answer, int status, String type, String challenge) {
    answer.assertProblem(status, type);
    assertThat(answer.header("WWW-Authenticate")).isEqualTo(challenge);
    assertThat(answer.header("API-Key-Expires")).isNull();
    assertThat(answer.header("Set-Cookie")).isNull();
  }

  private static void assertMissing(HttpCall call) {
    assertRefused(call.send(), 401, "missing-key", CHALLENGE);
  }

  static String unknownKey() {
    return new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom()).newKey().reveal();
  }

  @Test
  void keyPassesInEitherHeader() {
    IssuedKey added = server.add("alice");
    String key = added.secret().reveal();
    for (UnaryOperator<HttpCall> header :
        List.<UnaryOperator<HttpCall>>of(
            call -> call.header("Authorization", "Bearer " + key),
            call -> call.header("authorization", "bEARER   " + key),
            call -> call.header("X-API-Key", key),
            call -> call.header("x-api-key", key))) {
      Answer answer = header.apply(whoami()).send();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text())
          .isEqualTo(
              Answer.compact(
                  """
                  {"user": "alice", "authType": "API_KEY", "keyTag": "%s", "roles": ["user"]}
                  """
                      .formatted(added.key().tag())));
      assertThat(answer.header("API-Key-Expires")).isEqualTo("Wed, 23 Dec 2026 04:00:00 GMT");
      assertThat(answer.header("Set-Cookie")).isNull();
    }
  }

  @Test
  void missingCredentialsGet401() {
    assertMissing(whoami());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic YWxpY2U6YWxpY2U=", "Negotiate", "Bearerish x", "x y z"})
  void otherSchemesAreMissingKeys(String credentials) {
    assertMissing(whoami().header("Authorization", credentials));
  }

  @Test
  void loginIsNoKey() {
    assertMissing(caller.with("X-User", "alice").get("api/whoami"));
  }

  @Test
  void keyElsewhereIsMissing() {
    String key = newKey();
    assertMissing(whoami().header("Authorization", key));
    assertMissing(caller.get("api/whoami?access_token=" + key));
    assertMissing(whoami().header("Cookie", "key=" + key));
  }

  @Test
  void otherSchemeDoesNotHideKey() {
    Answer answer =
        whoami().header("Authorization", "Basic eA==").header("X-API-Key", newKey()).send();
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void malformedCredentialsGet400() {
    String key = newKey();
    for (HttpCall call :
        List.of(
            whoami().header("Authorization", "Bearer"),
            whoami().header("Authorization", "Bearer " + key + " " + key),
            whoami().header("Authorization", "Bearer " + key + ", Bearer " + key),
            whoami().header("Authorization", "Bearer \"" + key + "\""),
            whoami().header("Authorization", "Bearer ="),
            whoami().bearer(key).bearer(key),
            whoami().bearer(key).header("Authorization", "Basic eA=="),
            whoami().bearer(key).header("X-API-Key", key),
            whoami().header("X-API-Key", key).header("X-API-Key", key),
            whoami().header("X-API-Key", ""),
            whoami().header("X-API-Key", "Bearer " + key))) {
      assertRefused(call.send(), 400, "malformed-credentials", INVALID_REQUEST);
    }
  }

  @Test
  void wrongUnknownAndDeletedKeysGetOneAnswer() {
    IssuedKey added = server.add("alice");
    String key = added.secret().reveal();
    server.delete(added);
    Answer deleted = whoami(key);
    assertRefused(deleted, 401, "invalid-key", INVALID_TOKEN);
    for (String other :
        List.of("x", "x==", unknownKey(), key + "0", key.replace("lk_", "lk-"), "~".repeat(5000))) {
      Answer answer = whoami(other);
      assertRefused(answer, 401, "invalid-key", INVALID_TOKEN);
      assertThat(answer.text()).isEqualTo(deleted.text());
    }
  }

  @Test
  void expiredKeyIsNamedSo() {
    String key = newKey();
    assertPasses(key); // it is cached now
    clock.advance(VALIDITY.minusMillis(1));
    assertPasses(key);
    clock.advance(Duration.ofMillis(1));
    assertRefused(
        whoami(key),
        401,
        "expired-key",
        INVALID_TOKEN + ", error_description=\"The API key expired at 2026-12-23T04:00:00Z\"");
  }

  @Test
  void disabledOwnersKeysAreInvalid() {
    String key = newKey();
    assertPasses(key); // it is cached now
    server.disable("alice");
    assertRefused(whoami(key), 401, "invalid-key", INVALID_TOKEN);
    clock.advance(VALIDITY.plusDays(1)); // that it has expired is not told either
    whoami(key).assertProblem(401, "invalid-key");
    clock.set(NOW);
    assertPasses(server.add("bob").secret().reveal());
    server.enable("alice");
    assertPasses(key);
  }

  @Test
  void preflightIsTheApplications() {
    Answer preflight =
        caller
            .call("OPTIONS", "api/whoami")
            .header("Origin", "https://example.org")
            .header("Access-Control-Request-Method", "GET")
            .send();
    assertThat(preflight.status()).isEqualTo(200);
    assertThat(preflight.header("Allow")).contains("POST");
    caller.call("OPTIONS", "api/whoami").send().assertProblem(401, "missing-key");
    caller
        .call("OPTIONS", "api/whoami")
        .header("Origin", "https://example.org")
        .send()
        .assertProblem(401, "missing-key");
  }

  @Test
  void filterKeepsItsSettings() throws Exception {
    try (FilterServer acme =
        new FilterServer(
            emptyDatabase()
                .keyPrefix("acme_")
                .set("realm", "Orders of ACME")
                .set("keyHeader", "X-Acme-Key")
                .set("acceptBareKey", "true"))) {
      HttpCaller acmes = acme.caller();
      String key = acme.add("alice").secret().reveal();
      assertThat(key).startsWith("acme_");
      assertThat(acmes.get("api/whoami").header("X-Acme-Key", key).send().status()).isEqualTo(200);
      assertThat(acmes.get("api/whoami").header("Authorization", key).send().status())
          .isEqualTo(200);
      assertRefused(
          acmes.get("api/whoami").header("X-API-Key", key).send(),
          401,
          "missing-key",
          "Bearer realm=\"Orders of ACME\"");
      acmes
          .get("api/whoami")
          .header("Authorization", "nonsense")
          .send()
          .assertProblem(401, "invalid-key");
      acmes
          .get("api/whoami")
          .header("Authorization", "Bearer")
          .send()
          .assertProblem(400, "malformed-credentials");
      acmes
          .get("api/whoami")
          .header("Authorization", "Basic x")
          .send()
          .assertProblem(401, "missing-key");
      acmes // lk_ is no prefix here
          .get("api/whoami")
          .bearer(unknownKey())
          .send()
          .assertProblem(401, "invalid-key");
    }
  }

  @Test
  void optionalCredentialsLetAnonymousCallersPass() throws Exception {
    try (FilterServer optional = new FilterServer(emptyDatabase().set("credentials", "optional"))) {
      HttpCaller callers = optional.caller();
      assertThat(callers.get("api/whoami").send().text())
          .isEqualTo(
              Answer.compact(
                  """
                  {"user": null, "authType": null, "keyTag": null, "roles": []}
                  """));
      assertThat(callers.with("X-User", "alice").get("api/whoami").send().status()).isEqualTo(200);
      callers.get("api/whoami").bearer(unknownKey()).send().assertProblem(401, "invalid-key");
    }
  }

  /** What a refusal leaves unread must not cost the client its next request. */
  @Test
  void refusalOfUnreadBodyClosesTheConnectionAndSaysSo() {
    for (int i = 0; i < 100; i++) {
      Answer unread = caller.call("POST", "api/whoami").body("{\"item\":\"x\"}").send();
      unread.assertProblem(401, "missing-key");
      assertThat(unread.header("Connection")).isEqualTo("close");
    }
    assertThat(whoami().send().header("Connection")).isNull();
  }
}
