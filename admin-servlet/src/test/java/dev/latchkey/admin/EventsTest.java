package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The audit, over REST. */
class EventsTest extends AdministrationTest {
  private static final String LINES = "application/x-ndjson";

  private Answer events(String query) {
    return get(admin, "api-keys/admin/events?" + query);
  }

  private Answer lines(String query) {
    return admin.get("api-keys/admin/events?" + query).header("Accept", LINES).send();
  }

  private static List<String> actions(Answer events) {
    assertThat(events.status()).as(events.text()).isEqualTo(200);
    return events.json().path("events").values().stream()
        .map(event -> event.path("action").asString())
        .toList();
  }

  /** Changes a key of an owner. */
  private List<String> edited(String owner, int times) {
    String path = adminPath(addFor(owner));
    for (int i = 0; i < times; i++) {
      assertThat(patch(issuer, path, json("description", "edit " + i)).status()).isEqualTo(200);
    }
    List<String> events = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      Answer page = events("owner=" + owner + "&limit=200" + cursor);
      page.json().path("events").values().forEach(event -> events.add(event.toString()));
      String next = page.json().path("next").asString(null);
      cursor = next == null ? null : "&cursor=" + next;
    }
    Collections.reverse(events);
    return events;
  }

  @Test
  void eventIsWrittenInFull() {
    String owner = newOwner();
    Answer added =
        post(issuer, KEYS, "{\"owner\": \"%s\", \"reason\": \"a \\\"reason\\\"\"}".formatted(owner))
            .send();
    Answer answer = events("owner=" + owner);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("Vary")).isEqualTo("Accept");
    JsonNode event = answer.json().at("/events/0");
    assertThat(answer.text())
        .isEqualTo("{\"events\":[%s],\"next\":null}".formatted(event.toString()));
    assertThat(List.copyOf(event.propertyNames()))
        .containsExactly(
            "id",
            "at",
            "action",
            "actor",
            "actorType",
            "owner",
            "tag",
            "from",
            "reason",
            "details");
    assertThat(event.path("at").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    assertThat(event.path("action").asString()).isEqualTo("key.added");
    assertThat(event.path("actor").asString()).isEqualTo("ivy");
    assertThat(event.path("actorType").asString()).isEqualTo("administrator");
    assertThat(event.path("owner").asString()).isEqualTo(owner);
    assertThat(event.path("tag").asString()).isEqualTo(added.get("tag"));
    assertThat(event.path("from").asString()).isEqualTo("127.0.0.1");
    assertThat(event.path("reason").asString()).isEqualTo("a \"reason\"");
    assertThat(event.path("details").isObject()).isTrue();
    assertThat(answer.text()).doesNotContain(added.get("key"));
  }

  /** Every write takes one. */
  @Test
  void reasonsAreInTheAudit() {
    String owner = newOwner();
    String reason = ", \"reason\": \"because %d\"}";
    Answer added =
        post(issuer, KEYS, "{\"owner\": \"%s\"".formatted(owner) + reason.formatted(0)).send();
    patch(issuer, adminPath(added), "{\"description\": \"x\"" + reason.formatted(1));
    Answer reissued =
        post(issuer, adminPath(added) + "/reissue", "{\"graceSeconds\": 0" + reason.formatted(2))
            .send();
    admin.call("DELETE", adminPath(reissued)).json(json("reason", "because 3")).send();
    addFor(owner);
    String filter = "{\"filter\": {\"owner\": \"%s\"}".formatted(owner);
    post(admin, "api-keys/admin/revocations", filter + reason.formatted(4)).send();
    String path = "api-keys/admin/owner?name=" + owner;
    admin.call("PUT", path).json("{\"disabled\": true" + reason.formatted(5)).send();
    admin.call("PUT", path).json("{\"disabled\": false" + reason.formatted(6)).send();
    admin.call("DELETE", path).json(json("reason", "because 7")).send();
    assertThat(lines("owner=" + owner).text().lines())
        .extracting(line -> line.replaceAll(".*\"reason\":(null|\"because (.)\").*", "$2"))
        .containsExactly("0", "1", "2", "3", "", "4", "5", "6", "7");
  }

  @Test
  void eventsAreFiltered() {
    String owner = newOwner();
    Answer added = addFor(owner);
    patch(admin, adminPath(added), json("reason", "x"));
    Answer reissued = post(issuer, adminPath(added) + "/reissue", "{}").send();
    delete(admin, adminPath(reissued));
    String of = "owner=" + owner;
    assertThat(actions(events(of))).startsWith("key.deleted", "key.reissued").endsWith("key.added");
    assertThat(actions(events(of + "&action=key.reissued"))).containsExactly("key.reissued");
    assertThat(actions(events(of + "&actor=ada"))).doesNotContain("key.added", "key.reissued");
    assertThat(actions(events("tag=" + reissued.get("tag"))))
        .containsExactly("key.deleted", "key.reissued");
    String at = events(of + "&action=key.reissued").json().at("/events/0/at").asString();
    assertThat(actions(events(of + "&since=" + at))).containsExactly("key.deleted", "key.reissued");
    assertThat(actions(events(of + "&until=" + at)))
        .doesNotContain("key.reissued")
        .contains("key.added");
    assertThat(actions(events(of + "&limit=1"))).containsExactly("key.deleted");
    assertThat(actions(events("owner=" + owner + "%25"))).isEmpty();
    assertThat(actions(events("actor=" + encoded("' OR 1=1 --")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "owner=               | owner",
        "owner=%00            | owner",
        "tag=a&tag=b          | tag",
        "actor=%0D            | actor",
        "action=%C2%80        | action",
        "since=now            | since",
        "until=%2B1000000000-12-31T23:59:59Z | until",
        "since=2026-01-01     | since",
        "limit=0              | limit",
        "limit=201            | limit",
        "cursor=abc           | cursor",
        "ownerPrefix=a        | ownerPrefix",
        "profile=ocsf         | profile"
      })
  void badParameterIsNamed(String query, String field) {
    assertInvalid(events(query), field);
    assertInvalid(lines(query), field);
  }

  /** Over several pages, of which each has 200. */
  @Test
  void linesAreAllOfThemOldestFirst() {
    String owner = newOwner();
    List<String> expected = edited(owner, 450);
    Answer lines = lines("owner=" + owner);
    assertThat(lines.header("Content-Type")).isEqualTo(LINES);
    assertThat(lines.header("Cache-Control")).isEqualTo("no-store");
    assertThat(lines.header("Vary")).isEqualTo("Accept");
    assertThat(lines.text()).isEqualTo(String.join("\n", expected) + "\n");
    assertThat(expected).hasSize(451);
    assertThat(lines("owner=" + owner + "&limit=3").text())
        .isEqualTo(String.join("\n", expected.subList(0, 3)) + "\n");
    assertThat(lines("owner=" + owner + "&limit=200").text().lines()).hasSize(200);
    assertThat(lines("owner=" + newOwner()).text()).isEmpty();
    Answer head =
        admin.call("HEAD", "api-keys/admin/events?owner=" + owner).header("Accept", LINES).send();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
    String cursor = events("owner=" + owner + "&limit=1").json().path("next").asString();
    assertInvalid(lines("owner=" + owner + "&cursor=" + cursor), "cursor");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json, application/x-ndjson",
        "*/*",
        "text/html",
        "application/x-ndjson;q=0"
      })
  void othersGetJson(String accept) {
    String query = "api-keys/admin/events?owner=" + newOwner();
    Answer answer = admin.get(query).header("Accept", accept).send();
    assertThat(answer.text()).isEqualTo("{\"events\":[],\"next\":null}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-ndjson;profile=ocsf",
        "application/x-ndjson; profile=\"ocsf\"",
        "Application/X-NDJSON ; Profile=OCSF;q=0.5"
      })
  void linesMayBeOcsf(String accept) {
    String query = "api-keys/admin/events?owner=" + newOwner();
    Answer answer = admin.get(query).header("Accept", accept).send();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson;profile=ocsf");
  }

  /** What was read is there, and the client sees that it is not all. */
  @Test
  void linesThatBreakOffAreNotTakenForAll() throws Exception {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    try (SwitchableDataSource database = new SwitchableDataSource(url)) {
      startForOneTest(
          ApiKeysConfig.builder()
              .dataSource(database)
              .feedInterval(Duration.ofDays(1))
              .feedWindow(Duration.ofDays(5)));
      logIn();
      String owner = newOwner();
      edited(owner, 450);
      database.breakAfter(1);
      assertThatThrownBy(() -> lines("owner=" + owner))
          .hasMessageContaining("chunked transfer encoding");
      bufferAnswers(1 << 20); // so that nothing of the first page is sent
      database.breakAfter(1);
      lines("owner=" + owner).assertProblem(503, "store-unavailable");
      database.breakAfter(0);
      Answer none = lines("owner=" + owner);
      none.assertProblem(503, "store-unavailable");
      assertThat(none.header("Retry-After")).isEqualTo("5");
      database.heal();
      assertThat(lines("owner=" + owner).text().lines()).hasSize(451);
    }
  }

  @Test
  void usersSeeWhatWasDoneWithTheirOwnKeys() {
    String owner = newOwner();
    var user = login(owner, "");
    Answer added = add(user, "{}");
    addFor(newOwner());
    patch(admin, adminPath(added), "{\"scopes\": [\"read\"], \"reason\": \"too wide\"}");
    admin.call("PUT", "api-keys/admin/owner?name=" + owner).json("{\"disabled\": true}").send();
    Answer events = get(user, "api-keys/events");
    assertThat(actions(events)).containsExactly("key.edited", "key.added");
    assertThat(events.json().at("/events/0/from").isNull()).isTrue();
    assertThat(events.json().at("/events/0/actor").asString()).isEqualTo("ada");
    assertThat(events.json().at("/events/1/from").asString()).isEqualTo("127.0.0.1");
    assertThat(events.json().at("/events/1/actorType").asString()).isEqualTo("user");
    Answer first = get(user, "api-keys/events?limit=2"); // of an owner's one shows none
    String cursor = first.json().path("next").asString();
    assertThat(actions(get(user, "api-keys/events?limit=2&cursor=" + cursor)))
        .containsExactly("key.added");
    assertThat(actions(get(user, "api-keys/events?action=key.added"))).containsExactly("key.added");
    assertInvalid(get(bob, "api-keys/events?cursor=" + cursor), "cursor");
    assertThat(actions(get(bob, "api-keys/events?tag=" + added.get("tag")))).isEmpty();
  }

  /** Nobody's name comes from a request. */
  @ParameterizedTest
  @ValueSource(strings = {"owner", "actor", "ownerPrefix", "x"})
  void usersCannotAskForOthers(String parameter) {
    assertInvalid(get(bob, "api-keys/events?" + parameter + "=alice"), parameter);
    get(anyone, "api-keys/events").assertProblem(401, "not-logged-in");
    anyone
        .get("api-keys/events")
        .bearer(added().get("key"))
        .send()
        .assertProblem(403, "login-required");
    delete(alice, "api-keys/events").assertProblem(405, "method-not-allowed");
  }
}
