package dev.latchkey.container.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.test.Answer;
import dev.latchkey.test.HttpCaller;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The core of the HTTP contract, in the application of docs/web-xml.md: a {@code DataSource} and
 * logins by form, both of the server.
 */
interface CoreContract {
  /** Returns a caller of the application, with cookies of its own. */
  HttpCaller newCaller();

  /** Logs in by the form of the container. */
  private HttpCaller alice() {
    HttpCaller alice = newCaller();
    assertThat(alice.get("account/caller").send().text()).doesNotContain(" by ");
    Answer login =
        alice
            .call("POST", "j_security_check")
            .body("j_username=alice&j_password=alice", "application/x-www-form-urlencoded")
            .send();
    assertThat(login.status()).as(login.text()).isIn(302, 303);
    assertThat(alice.get("account/caller").send().text()).startsWith("alice by ");
    return alice;
  }

  private static Answer add(HttpCaller user, String json) {
    Answer added = user.call("POST", "api-keys").json(json).send();
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    return added;
  }

  @AfterEach
  default void deleteKeys() {
    HttpCaller alice = alice();
    for (JsonNode key : alice.get("api-keys").send().json().path("keys")) {
      alice.call("DELETE", "api-keys/" + key.path("tag").asString()).send();
    }
  }

  @Test
  default void liveKeyPasses() {
    String key = add(alice(), "{}").get("key");
    Answer answer = newCaller().get("api/caller").bearer(key).send();
    assertThat(answer.text()).isEqualTo("alice by API_KEY");
    assertThat(answer.header("API-Key-Expires")).endsWith(" GMT");
    assertThat(answer.header("Set-Cookie")).isNull();
    assertThat(newCaller().get("api/caller").header("X-API-Key", key).send().text())
        .isEqualTo("alice by API_KEY");
  }

  @Test
  default void otherKeysAreRejected() {
    String challenge = "Bearer realm=\"API\"";
    assertRejected(newCaller().get("api/caller").send(), 401, "missing-key", challenge);
    String unknown = new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom()).newKey().reveal();
    assertRejected(
        newCaller().get("api/caller").bearer(unknown).send(),
        401,
        "invalid-key",
        challenge + ", error=\"invalid_token\"");
    assertRejected(
        newCaller().get("api/caller").bearer(unknown).header("X-API-Key", unknown).send(),
        400,
        "malformed-credentials",
        challenge + ", error=\"invalid_request\"");
  }

  private static void assertRejected(Answer answer, int status, String type, String challenge) {
    answer.assertProblem(status, type);
    assertThat(answer.header("WWW-Authenticate")).isEqualTo(challenge);
  }

  @Test
  default void keyExpires() {
    HttpCaller alice = alice();
    alice.get("api-keys").send(); // what is slow at first is not to outlast the key
    Instant end = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS);
    String key = add(alice, "{\"expiresAt\":\"" + end + "\"}").get("key");
    Answer answer = newCaller().get("api/caller").bearer(key).send();
    while (answer.status() == 200 && Instant.now().isBefore(end.plusSeconds(30))) {
      answer = newCaller().get("api/caller").bearer(key).send();
    }
    answer.assertProblem(401, "expired-key");
  }

  @Test
  default void userManagesTheirKey() {
    HttpCaller alice = alice();
    Answer added = add(alice, "{\"description\":\"Grüße\"}");
    String path = "api-keys/" + added.get("tag");
    assertThat(alice.get(path).send().get("description")).isEqualTo("Grüße");
    assertThat(alice.get("api-keys").send().json().path("keys")).hasSize(1);
    assertThat(alice.call("PATCH", path).json("{\"description\":\"x\"}").send().get("description"))
        .isEqualTo("x");
    Answer reissued = alice.call("POST", path + "/reissue").send();
    assertThat(reissued.status()).isEqualTo(201);
    newCaller().get("api/caller").bearer(added.get("key")).send().assertProblem(401, "invalid-key");
    String newPath = "api-keys/" + reissued.get("tag");
    assertThat(alice.call("DELETE", newPath).send().status()).isEqualTo(204);
    newCaller()
        .get("api/caller")
        .bearer(reissued.get("key"))
        .send()
        .assertProblem(401, "invalid-key");
    alice.get(newPath).send().assertProblem(404, "no-such-key");
  }

  @Test
  default void keyManagesNoKeys() {
    String key = add(alice(), "{}").get("key");
    newCaller().get("api-keys").send().assertProblem(401, "not-logged-in");
    newCaller().get("api-keys").bearer(key).send().assertProblem(403, "login-required");
    alice().get("api-keys").bearer(key).send().assertProblem(403, "login-required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"async", "forward", "include"})
  default void dispatchCarriesTheDecision(String dispatch) {
    String key = add(alice(), "{}").get("key");
    assertThat(newCaller().get("api/" + dispatch).bearer(key).send().text())
        .isEqualTo("alice by API_KEY");
  }

  @Test
  default void dispatchFromElsewhereNeedsAKey() {
    newCaller().get("public/forward").send().assertProblem(401, "missing-key");
    newCaller().get("public/async").send().assertProblem(401, "missing-key");
    assertThat(newCaller().get("public/include").send().text()).isEmpty();
  }

  @Test
  default void errorPageIsShown() {
    String key = add(alice(), "{}").get("key");
    Answer answer = newCaller().get("api/fail").bearer(key).send();
    assertThat(answer.status() + answer.text()).isEqualTo("418alice by API_KEY");
    assertThat(newCaller().get("public/fail").send().text()).isEqualTo("null by null");
    newCaller().get("public/gone").send().assertProblem(401, "missing-key"); // forwards to the API
  }

  /** The container asks for its own login first: a key never gets as far as the filter. */
  @Test
  default void constraintOverTheApiKeepsKeysOut() {
    String key = add(alice(), "{}").get("key");
    Answer answer = newCaller().get("api/constrained").bearer(key).send();
    assertThat(answer.text()).doesNotContain("alice").doesNotContain("urn:latchkey");
    assertThat(answer.header("API-Key-Expires")).isNull();
    assertThat(newCaller().get("api/constrained/not").bearer(key).send().text())
        .isEqualTo("alice by API_KEY");
    // Who has logged in needs a key besides.
    alice().get("api/constrained").send().assertProblem(401, "missing-key");
    assertThat(alice().get("api/constrained").bearer(key).send().text())
        .isEqualTo("alice by API_KEY");
  }
}
