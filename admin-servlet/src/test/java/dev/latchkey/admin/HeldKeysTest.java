package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Revocation by anybody who holds a key, which needs nothing else. */
class HeldKeysTest extends AdministrationTest {
  private static final String PATH = "api-keys/revoke";

  private Answer revoke(List<String> keys) {
    return post(anyone, PATH, body(keys)).send();
  }

  private static String body(List<String> keys) {
    return keys.stream()
        .map(key -> "\"" + key + "\"")
        .collect(Collectors.joining(",", "{\"keys\": [", "]}"));
  }

  private Answer revoke(Answer... keys) {
    return revoke(Arrays.stream(keys).map(key -> key.get("key")).toList());
  }

  private static void assertAccepted(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(answer.text()).isEmpty();
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void liveKeysDie() {
    Answer first = addFor(newOwner());
    Answer second = addFor(newOwner());
    Answer other = addFor(newOwner());
    assertPasses(first);
    assertAccepted(revoke(first, second, first));
    assertInvalid(first);
    assertInvalid(second);
    assertPasses(other);
    get(admin, adminPath(first)).assertProblem(404, "no-such-key");
    Answer events = get(admin, "api-keys/admin/events?tag=" + first.get("tag"));
    assertThat(events.json().at("/events/0/action").asString()).isEqualTo("key.revoked");
    assertThat(events.json().at("/events/0/actor").isNull()).isTrue();
    assertThat(events.json().at("/events/0/actorType").asString()).isEqualTo("holder");
    assertThat(events.json().at("/events/0/from").asString()).isEqualTo("127.0.0.1");
    assertThat(events.json().path("events").size()).isEqualTo(2);
    assertAccepted(revoke(first, second));
  }

  @Test
  void keyInItsGraceDies() {
    Answer added = addFor(newOwner());
    Answer reissued =
        post(issuer, adminPath(added) + "/reissue", "{\"graceSeconds\": 3600}").send();
    assertPasses(added);
    assertAccepted(revoke(added));
    assertInvalid(added);
    assertPasses(reissued);
  }

  @Test
  void keyOfADisabledOwnerDies() {
    String owner = newOwner();
    Answer added = addFor(owner);
    String path = "api-keys/admin/owner?name=" + owner;
    admin.call("PUT", path).json("{\"disabled\": true}").send();
    assertInvalid(added);
    assertAccepted(revoke(added));
    admin.call("PUT", path).json("{\"disabled\": false}").send();
    assertInvalid(added);
  }

  /** Nobody is told which texts are keys, or were. */
  @Test
  void answersAreTheSame() {
    Answer added = addFor(newOwner());
    String unknown = "lk_" + "0".repeat(43) + "000000";
    Answer live = revoke(added);
    for (List<String> keys :
        List.of(
            List.of(added.get("key")),
            List.of(unknown),
            List.of(""),
            List.of("no key", "' OR 1=1", "\\u0000"))) {
      Answer answer = revoke(keys);
      assertAccepted(answer);
      assertThat(answer.http().headers().map().keySet())
          .isEqualTo(live.http().headers().map().keySet());
    }
  }

  @Test
  void hundredAreTakenAndNoMore() {
    Answer added = addFor(newOwner());
    List<String> hundred = new ArrayList<>(Collections.nCopies(99, "x"));
    hundred.add(added.get("key"));
    assertInvalid(revoke(Collections.nCopies(101, added.get("key"))), "keys");
    assertPasses(added);
    assertAccepted(revoke(hundred));
    assertInvalid(added);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"keys\": []}",
        "{\"keys\": null}",
        "{\"keys\": \"%s\"}",
        "{\"keys\": {\"0\": \"%s\"}}",
        "{\"keys\": [\"%s\", null]}",
        "{\"keys\": [\"%s\", 1]}",
        "{\"keys\": [[\"%s\"]]}",
        "{\"keys\": [\"%s\"], \"reason\": \"x\"}",
        "[\"%s\"]",
        "\"%s\"",
        ""
      })
  void otherBodiesGet400(String body) {
    Answer added = addFor(newOwner());
    Answer answer = post(anyone, PATH, body.formatted(added.get("key"))).send();
    answer.assertProblem(400, "invalid-request");
    assertThat(answer.text()).doesNotContain(added.get("key"));
    assertPasses(added);
  }

  @Test
  void otherTypesGet415AndMethods405() {
    for (String type :
        List.of(
            "text/plain", "application/x-www-form-urlencoded", "application/merge-patch+json")) {
      anyone
          .call("POST", PATH)
          .body("{\"keys\":[\"x\"]}", type)
          .send()
          .assertProblem(415, "unsupported-media-type");
    }
    anyone
        .call("POST", PATH)
        .body("{\"keys\":[\"x\"]}")
        .send()
        .assertProblem(415, "unsupported-media-type");
    revoke(Collections.nCopies(100, "x".repeat(200))).assertProblem(413, "too-large");
    assertThat(get(alice, PATH).header("Allow")).isEqualTo("POST, OPTIONS");
    assertInvalid(post(anyone, PATH + "?keys=x", "{\"keys\":[\"x\"]}").send(), "keys");
  }

  /** Whom a page runs for does not matter, nor where it comes from. */
  @Test
  void anybodyMayFromAnywhere() {
    Answer added = addFor(newOwner());
    Answer answer =
        post(alice, PATH, body(List.of(added.get("key"))))
            .header("Sec-Fetch-Site", "cross-site")
            .header("Origin", "https://scanner.example")
            .send();
    assertAccepted(answer);
    assertInvalid(added);
  }

  @Test
  void silentStoreGets503() throws Exception {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    try (SwitchableDataSource database = new SwitchableDataSource(url)) {
      startForOneTest(
          ApiKeysConfig.builder().dataSource(database).lookupTimeout(Duration.ofSeconds(1)));
      logIn();
      Answer added = addFor(newOwner());
      database.fallSilent();
      Answer refused = revoke(added);
      refused.assertProblem(503, "store-unavailable");
      assertThat(refused.header("Retry-After")).isEqualTo("5");
      assertAccepted(revoke(List.of("no key")));
    }
  }
}
