package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Answer;
import dev.latchkey.test.HttpCall;
import dev.latchkey.test.HttpCaller;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose requests the servlet takes, and what it says of those that are not as they must be. */
class RequestsTest extends ServletTest {
  private static final String MERGE_PATCH = "application/merge-patch+json";

  /** Returns every request that changes keys. */
  private static List<HttpCall> changes(HttpCaller user, String path) {
    return List.of(
        post(user, "api-keys", "{}"),
        user.call("PATCH", path).json("{}"),
        post(user, path + "/reissue", "{}"),
        user.call("DELETE", path));
  }

  @Test
  void anonymousCallersGet401() {
    get(anyone, "api-keys").assertProblem(401, "not-logged-in");
    get(anyone, "api-keys/x").assertProblem(401, "not-logged-in");
    add(anyone, "{}").assertProblem(401, "not-logged-in");
    delete(anyone, "api-keys/x").assertProblem(401, "not-logged-in");
  }

  @Test
  void requestsWithAKeyGet403() {
    Answer added = added();
    for (HttpCall change : changes(anyone, path(added))) {
      change.bearer(added.get("key")).send().assertProblem(403, "login-required");
    }
    alice
        .call("DELETE", path(added))
        .bearer(added.get("key"))
        .send()
        .assertProblem(403, "login-required");
    assertPasses(added);
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Origin, https://evil.example",
    "Origin, http://127.0.0.1:1",
    "Origin, http://127.0.0.1",
    "Origin, null",
    "Origin, //x",
    "Origin, x",
    "Origin, http://["
  })
  void otherSitesGet403(String header, String value) {
    for (HttpCall change : changes(alice, path(added()))) {
      change.header(header, value).send().assertProblem(403, "cross-site-request");
    }
    assertThat(alice.get("api-keys").header(header, value).send().status()).isEqualTo(200);
  }

  @Test
  void ownSiteMayChangeKeys() {
    Answer byOrigin = post(alice, "api-keys", "{}").header("Origin", origin()).send();
    assertThat(byOrigin.status()).isEqualTo(201);
    HttpCall byMetadata =
        alice.call("DELETE", path(byOrigin)).header("Sec-Fetch-Site", "same-origin");
    assertThat(byMetadata.send().status()).isEqualTo(204);
    HttpCall behindProxy =
        post(alice, "api-keys", "{}")
            .header("Sec-Fetch-Site", "same-origin")
            .header("Origin", "https://behind.a.proxy");
    assertThat(behindProxy.send().status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"expiresInDays":0} | expiresInDays
          {"expiresInDays":-1} | expiresInDays
          {"expiresInDays":366} | expiresInDays
          {"expiresInDays":99999999999999999999} | expiresInDays
          {"expiresInDays":1.5} | expiresInDays
          {"expiresInDays":"30"} | expiresInDays
          {"expiresInDays":null} | expiresInDays
          {"expiresInDays":true} | expiresInDays
          {"expiresAt":"tomorrow"} | expiresAt
          {"expiresAt":"2026-11-23T04:00:00Z"} | expiresAt
          {"expiresAt":"2027-11-23T04:00:01Z"} | expiresAt
          {"expiresAt":1795406400} | expiresAt
          {"expiresAt":"+999999999-12-31T23:59:59Z"} | expiresAt
          {"expiresInDays":1,"expiresAt":"2026-11-24T04:00:00Z"} | expiresAt
          {"description":5} | description
          {"description":"a\\nb"} | description
          {"description":"\\u0000"} | description
          {"description":"\\ud83d"} | description
          {"tag":"x"} | tag
          {"graceSeconds":0} | graceSeconds
          {"description":"a","description":"b"} | body
          [] | body
          '' | body
          null | body
          { | body
          {}{} | body
          """)
  void badValuesGet400ByName(String body, String field) {
    Answer answer = add(alice, body);
    answer.assertProblem(400, "invalid-request");
    assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo(field);
    assertThat(answer.json().at("/errors/0/message").asString()).isNotBlank();
  }

  @Test
  void severalBadValuesAreNamedAtOnce() {
    Answer answer =
        add(
            alice,
            """
            {"x": 1, "expiresInDays": "1", "description": 2}
            """);
    assertThat(answer.json().path("errors").size()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"graceSeconds\":-1}", "{\"description\":\"x\"}"})
  void badValuesOfReissueGet400(String body) {
    reissue(alice, path(added()), body).assertProblem(400, "invalid-request");
  }

  @Test
  void badValuesOfPatchGet400() {
    patch(
            alice,
            path(added()),
            """
            {"expiresInDays": 0}
            """)
        .assertProblem(400, "invalid-request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", MERGE_PATCH})
  void otherMediaTypesGet415(String type) {
    alice
        .call("POST", "api-keys")
        .body(type.endsWith("urlencoded") ? "a=b" : "{}", type)
        .send()
        .assertProblem(415, "unsupported-media-type");
  }

  @Test
  void bodyWithoutMediaTypeGets415() {
    alice.call("POST", "api-keys").body("{}").send().assertProblem(415, "unsupported-media-type");
  }

  @Test
  void mediaTypeIsReadByRfc9110() {
    Answer bogus =
        alice.call("POST", "api-keys").body("[]", "application/json;charset=bogus").send();
    assertThat(bogus.status()).isEqualTo(400);
    Answer added =
        alice.call("POST", "api-keys").body("{}", "Application/JSON;charset=utf-8").send();
    Answer merged = alice.call("PATCH", path(added)).body("{}", MERGE_PATCH).send();
    assertThat(merged.status()).isEqualTo(200);
  }

  @Test
  void largeBodyGets413() {
    add(
            alice,
            """
            {"description": "%s"}
            """
                .formatted("x".repeat(16 * 1024)))
        .assertProblem(413, "too-large");
  }

  @Test
  void otherMethodsGet405WithAllow() {
    Answer wrongMethod = alice.call("PUT", "api-keys").body("{}").send();
    wrongMethod.assertProblem(405, "method-not-allowed");
    assertThat(wrongMethod.header("Allow")).isEqualTo("GET, HEAD, POST, OPTIONS");
    String path = path(added());
    assertThat(alice.call("POST", path).body("{}").send().header("Allow"))
        .isEqualTo("GET, HEAD, PATCH, DELETE, OPTIONS");
    get(alice, path + "/reissue").assertProblem(405, "method-not-allowed");
    alice.call("delete", path).send().assertProblem(405, "method-not-allowed");
    assertThat(alice.call("OPTIONS", path).send().status()).isEqualTo(204);
    assertThat(alice.call("HEAD", path).send().status()).isEqualTo(200);
  }

  /** What a refusal leaves unread must not cost the client its next request. */
  @Test
  void refusalReadsBodiesUnlessTheyAreLarge() {
    for (int i = 0; i < 100; i++) {
      Answer read = alice.call("POST", "api-keys").body("{}").send();
      read.assertProblem(415, "unsupported-media-type");
      assertThat(read.header("Connection")).isNull();
      add(anyone, "{}").assertProblem(401, "not-logged-in");
    }
    assertThat(add(alice, " ".repeat(16 * 1024 + 1)).header("Connection")).isEqualTo("close");
  }
}
