package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Answer;
import dev.latchkey.test.HttpCaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Anybody's keys, over REST. */
class AnyKeysTest extends AdministrationTest {
  private Answer list(String query) {
    return get(admin, KEYS + "?" + query);
  }

  @Test
  void listIsWrittenInFull() {
    String owner = newOwner();
    Answer added = addFor(owner);
    assertThat(list("owner=" + owner).text())
        .isEqualTo("{\"keys\":[%s],\"next\":null}".formatted(get(admin, adminPath(added)).text()));
    assertThat(get(admin, adminPath(added)).text()).doesNotContain(added.get("key"), "worksUntil");
    assertThat(list("owner=" + newOwner()).text()).isEqualTo("{\"keys\":[],\"next\":null}");
  }

  @Test
  void keyInItsGraceTellsUntilWhenItWorks() {
    String owner = newOwner();
    Answer added = addFor(owner);
    Answer reissued = post(issuer, adminPath(added) + "/reissue", "{\"graceSeconds\": 60}").send();
    clock.set(NOW.plusSeconds(1));
    Answer list = list("owner=" + owner);
    assertThat(tags(list)).containsExactlyInAnyOrderElementsOf(tagsOf(reissued, added));
    for (var key : list.json().path("keys").values()) {
      assertThat(key.path("worksUntil").asString(null))
          .isEqualTo(
              key.path("tag").asString().equals(added.get("tag")) ? "2026-11-23T04:01:00Z" : null);
    }
    clock.set(NOW.plusSeconds(60));
    assertThat(tags(list("owner=" + owner))).isEqualTo(tagsOf(reissued));
    get(admin, adminPath(added)).assertProblem(404, "no-such-key");
  }

  @Test
  void filtersAreAnded() {
    String owner = newOwner();
    Answer first = addFor(owner);
    clock.set(NOW.plus(Duration.ofDays(1)));
    Answer second =
        post(issuer, KEYS, "{\"owner\": \"%s\", \"expiresInDays\": 1}".formatted(owner)).send();
    clock.set(NOW.plus(Duration.ofDays(3)));
    String of = "owner=" + owner + "&";
    assertThat(tags(list("owner=" + owner))).isEqualTo(tagsOf(second, first));
    assertThat(tags(list(of + "status=active"))).isEqualTo(tagsOf(first));
    assertThat(tags(list(of + "status=expired"))).isEqualTo(tagsOf(second));
    assertThat(tags(list(of + "tag=" + first.get("tag")))).isEqualTo(tagsOf(first));
    assertThat(tags(list(of + "hint=" + encoded(second.get("hint"))))).contains(second.get("tag"));
    String last = second.get("key").substring(second.get("key").length() - 4);
    assertThat(tags(list(of + "hint=" + last))).contains(second.get("tag"));
    assertThat(tags(list(of + "createdBefore=2026-11-24T04:00:00Z"))).isEqualTo(tagsOf(first));
    assertThat(tags(list(of + "createdBefore=2026-11-24T04:00:01Z"))).hasSize(2);
    assertThat(tags(list(of + "expiresBefore=2026-11-25T04:00:00Z"))).isEmpty();
    assertThat(tags(list(of + "expiresBefore=2026-11-25T04:00:01Z"))).isEqualTo(tagsOf(second));
    assertThat(tags(list(of + "unusedSince=2026-11-24T04:00:00Z"))).isEqualTo(tagsOf(first));
    assertThat(tags(list(of + "status=expired&createdBefore=2026-11-24T04:00:00Z"))).isEmpty();
    assertThat(tags(list("ownerPrefix=" + owner.substring(0, 12)))).hasSize(2);
  }

  /** Wildcards, quotes and escapes of SQL are characters like others. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "_",
        "a%b",
        "a_b",
        "a\\",
        "a!",
        "a'b",
        "' OR '1'='1",
        "a\"; DROP TABLE x; --",
        "[a-z]",
        "é",
        "e\u0301",
        "Ａ",
        "🔑",
        "a b",
        "a+b&c=d",
        "a/../b",
        "*"
      })
  void ownerMayHoldAnyCharacter(String name) {
    String owner = name + newOwner();
    Answer other = addFor("zz" + newOwner());
    Answer added = addFor(owner);
    assertThat(tags(list("owner=" + encoded(owner)))).isEqualTo(tagsOf(added));
    assertThat(tags(list("ownerPrefix=" + encoded(owner.substring(0, owner.length() - 3)))))
        .isEqualTo(tagsOf(added));
    assertThat(tags(list("ownerPrefix=" + encoded(name) + "&tag=" + other.get("tag")))).isEmpty();
    assertThat(tags(list("owner=" + encoded(name)))).isEmpty();
    assertThat(get(admin, "api-keys/admin/owner?name=" + encoded(owner)).get("owner"))
        .isEqualTo(owner);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "owner=                                      | owner",
        "owner                                       | owner",
        "owner=a&owner=a                             | owner",
        "owner=a&%6Fwner=b                           | owner",
        "owner=%00                                   | owner",
        "owner=a%0Ab                                 | owner",
        "owner=%7F                                   | owner",
        "owner=%FF                                   | owner",
        "owner=%C0%AF                                | owner",
        "owner=%ED%A0%80                             | owner",
        "ownerPrefix=%C2%85                          | ownerPrefix",
        "ownerPrefix=                                | ownerPrefix",
        "status=                                     | status",
        "status=ACTIVE                               | status",
        "status=active%20                            | status",
        "status=dead                                 | status",
        "tag=                                        | tag",
        "tag=%00                                     | tag",
        "hint=abc                                    | hint",
        "hint=abcde                                  | hint",
        "hint=%25%25%25%25                           | hint",
        "hint=____                                   | hint",
        "unusedSince=yesterday                       | unusedSince",
        "unusedSince=2026-12-24                      | unusedSince",
        "unusedSince=1700000000                      | unusedSince",
        "unusedSince=%2B1000000000-12-31T23:59:59Z   | unusedSince",
        "expiresBefore=-1000000000-01-01T00:00:00Z   | expiresBefore",
        "createdBefore=%2B10000-01-01T00:00:00Z      | createdBefore",
        "createdBefore=0000-12-31T23:59:59Z          | createdBefore",
        "limit=                                      | limit",
        "limit=0                                     | limit",
        "limit=201                                   | limit",
        "limit=-1                                    | limit",
        "limit=%2B5                                  | limit",
        "limit=5.0                                   | limit",
        "limit=1e1                                   | limit",
        "limit=%D9%A1                                | limit",
        "limit=99999999999999999999                  | limit",
        "limit=1&limit=2                             | limit",
        "cursor=                                     | cursor",
        "cursor=x                                    | cursor",
        "cursor=%00                                  | cursor",
        "cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAA         | cursor",
        "Owner=a                                     | Owner",
        "owner%5B%5D=a                               | owner[]",
        "q=1                                         | q",
        "=1                                          | query",
        "%FF=1                                       | query"
      })
  void badParameterIsNamed(String query, String field) {
    assertInvalid(list(query), field);
  }

  @Test
  void longTextsAreRejected() {
    for (String name : List.of("owner", "ownerPrefix", "tag", "hint", "cursor")) {
      assertInvalid(list(name + "=" + "x".repeat(4000)), name);
    }
    assertThat(list("owner=" + "x".repeat(255)).status()).isEqualTo(200);
    assertInvalid(list("owner=" + "x".repeat(256)), "owner");
  }

  @Test
  void everythingThatIsWrongIsTold() {
    Answer answer = list("owner=&limit=0&status=x&unusedSince=x&y=1");
    assertThat(answer.json().path("errors").size()).as(answer.text()).isEqualTo(5);
  }

  @Test
  void pagesHoldEachKeyOnce() {
    String owner = newOwner();
    Set<String> added = new TreeSet<>();
    for (int i = 0; i < 7; i++) {
      clock.set(NOW.plusSeconds(i / 2));
      added.add(addFor(owner).get("tag"));
    }
    List<String> seen = new ArrayList<>();
    String next = "";
    for (int limit = 1; next != null; limit++) { // which may change
      Answer page = list("owner=" + owner + "&limit=" + limit + next);
      assertThat(tags(page)).hasSizeLessThanOrEqualTo(limit);
      seen.addAll(tags(page));
      String cursor = page.json().path("next").asString(null);
      next = cursor == null ? null : "&cursor=" + cursor;
    }
    assertThat(seen).hasSize(7).containsExactlyInAnyOrderElementsOf(added);
  }

  @Test
  void cursorIsGoodForItsOwnListAlone() {
    String owner = newOwner();
    IntStream.range(0, 3).forEach(i -> addFor(owner));
    String cursor = list("owner=" + owner + "&limit=1").json().path("next").asString();
    assertThat(list("owner=" + owner + "&cursor=" + cursor).status()).isEqualTo(200);
    for (String other :
        List.of(
            "",
            "owner=" + owner + "x&",
            "ownerPrefix=" + owner + "&",
            "owner=" + owner + "&status=active&")) {
      assertInvalid(list(other + "cursor=" + cursor), "cursor");
    }
    assertInvalid(
        get(admin, "api-keys/admin/events?owner=" + owner + "&cursor=" + cursor), "cursor");
    assertInvalid(get(issuer, "api-keys/events?cursor=" + cursor), "cursor");
    for (int length = 1; length < cursor.length(); length++) {
      Answer cut = list("owner=" + owner + "&cursor=" + cursor.substring(0, length));
      assertThat(cut.status()).as("cut to " + length).isIn(200, 400); // a shorter place is one, too
    }
    for (String forged :
        List.of(
            cursor + "A",
            cursor + "=",
            " " + cursor,
            "A" + cursor.substring(1),
            cursor.substring(0, 11) + "____" + cursor.substring(15))) {
      assertThat(list("owner=" + owner + "&cursor=" + encoded(forged)).status())
          .as(forged)
          .isIn(200, 400);
    }
    assertInvalid(
        list("owner=" + owner + "&cursor=" + encoded("~" + cursor.substring(1))), "cursor");
    assertInvalid(list("owner=" + owner + "&cursor=" + cursor + "%3D"), "cursor");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                          | owner",
        "{'owner':null}                              | owner",
        "{'owner':1}                                 | owner",
        "{'owner':['a']}                             | owner",
        "{'owner':{'a':'b'}}                         | owner",
        "{'owner':''}                                | owner",
        "{'owner':'a\\u0000'}                        | owner",
        "{'owner':'\\ud800'}                         | owner",
        "{'owner':'a','service':1}                   | service",
        "{'owner':'a','service':'true'}              | service",
        "{'owner':'a','service':null}                | service",
        "{'owner':'a','description':1}               | description",
        "{'owner':'a','expiresInDays':0}             | expiresInDays",
        "{'owner':'a','expiresInDays':366}           | expiresInDays",
        "{'owner':'a','expiresInDays':1e99}          | expiresInDays",
        "{'owner':'a','expiresAt':'2020-01-01T00:00:00Z'} | expiresAt",
        "{'owner':'a','expiresInDays':1,'expiresAt':'2026-12-01T00:00:00Z'} | expiresAt",
        "{'owner':'a','scopes':['x']}                | scopes",
        "{'owner':'a','scopes':'read'}               | scopes",
        "{'owner':'a','reason':1}                    | reason",
        "{'owner':'a','reason':null}                 | reason",
        "{'owner':'a','reason':'a\\u0007'}           | reason",
        "{'owner':'a','graceSeconds':1}              | graceSeconds",
        "{'owner':'a','tag':'x'}                     | tag"
      })
  void badMemberIsNamed(String body, String field) {
    assertInvalid(post(issuer, KEYS, body.replace('\'', '"')).send(), field);
  }

  @Test
  void textsHaveTheirLengths() {
    String owner = newOwner();
    assertInvalid(post(issuer, KEYS, json("owner", "x".repeat(256))).send(), "owner");
    String reason = "{\"owner\": \"%s\", \"reason\": \"%s\"}";
    assertInvalid(post(issuer, KEYS, reason.formatted(owner, "x".repeat(201))).send(), "reason");
    assertThat(post(issuer, KEYS, reason.formatted(owner, "🔑".repeat(200))).send().status())
        .isEqualTo(201);
    Answer added = addFor(owner);
    String leaked = "leaked " + added.get("key");
    assertInvalid(post(issuer, KEYS, reason.formatted(owner, leaked)).send(), "reason");
    Answer deletion = admin.call("DELETE", adminPath(added)).json(json("reason", leaked)).send();
    assertInvalid(deletion, "reason");
    assertThat(deletion.text()).doesNotContain(added.get("key"));
    assertPasses(added);
  }

  /** As when the wrong text is pasted: no secret gets into lists, the audit and logs. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keyIsNoOwner(boolean isService) {
    String key = addFor(newOwner()).get("key");
    String body = "{\"owner\": \"to %s\", \"service\": %b}".formatted(key, isService);
    Answer answer = post(issuer, KEYS, body).send();
    assertInvalid(answer, "owner");
    assertThat(answer.text()).doesNotContain(key);
  }

  @Test
  void bodiesFollowTheRules() {
    String path = adminPath(addFor(newOwner()));
    issuer
        .call("POST", KEYS)
        .body("{}", "text/plain")
        .send()
        .assertProblem(415, "unsupported-media-type");
    issuer.call("PATCH", path).body("{}").send().assertProblem(415, "unsupported-media-type");
    assertThat(
            issuer.call("PATCH", path).body("{}", "application/merge-patch+json").send().status())
        .isEqualTo(200);
    admin
        .call("DELETE", path)
        .body("why", "text/plain")
        .send()
        .assertProblem(415, "unsupported-media-type");
    assertInvalid(admin.call("DELETE", path).json("{\"dryRun\": true}").send(), "dryRun");
    assertInvalid(admin.call("DELETE", path + "?reason=x").send(), "reason");
    assertInvalid(get(admin, path + "?x=1"), "x");
    post(issuer, KEYS, json("owner", "x".repeat(17_000))).send().assertProblem(413, "too-large");
    assertThat(admin.call("DELETE", path).json("{\"reason\": \"bye\"}").send().status())
        .isEqualTo(204);
  }

  @Test
  void tagsThatAreNoneGet404() {
    for (String tag :
        List.of("x", "%25", "_", "%27%20OR%201=1", "x".repeat(1000), "%F0%9F%94%91", "admin")) {
      String path = KEYS + "/" + tag;
      for (Answer answer :
          List.of(
              get(issuer, path),
              patch(issuer, path, "{}"),
              patch(admin, path, "{}"),
              delete(issuer, path),
              reissue(issuer, path, "{}"))) {
        assertThat(answer.status()).as(path + answer.text()).isIn(400, 404);
        assertThat(answer.text()).doesNotContain("You have no");
      }
    }
  }

  @Test
  void wordsFitSomebodyElsesKey() throws Exception {
    startForOneTest(super.emptyDatabase().maxKeysPerUser(1));
    logIn();
    Answer added = added();
    Answer limit = post(issuer, KEYS, json("owner", "alice")).send();
    limit.assertProblem(409, "key-limit-reached");
    clock.set(NOW.plus(Duration.ofDays(31)));
    Answer expired = post(issuer, KEYS, json("owner", "alice")).send();
    expired.assertProblem(409, "expired-key-exists");
    Answer edited = patch(issuer, adminPath(added), "{\"expiresInDays\": 1}");
    edited.assertProblem(409, "key-expired");
    assertThat(Stream.of(limit, expired, edited).map(Answer::text))
        .noneMatch(text -> text.contains("You ") || text.toLowerCase(Locale.ROOT).contains("your"));
  }

  /** Of two at once, one deletes the key, and neither fails otherwise. */
  @Test
  void twoAdministratorsMayDoTheSame() throws Exception {
    for (int i = 0; i < 20; i++) {
      Answer added = addFor(newOwner());
      CountDownLatch go = new CountDownLatch(1);
      List<CompletableFuture<Answer>> both = new ArrayList<>();
      for (HttpCaller caller : List.of(admin, login("eve", "administrator"))) {
        both.add(
            CompletableFuture.supplyAsync(
                () -> {
                  await(go);
                  return delete(caller, adminPath(added));
                }));
      }
      go.countDown();
      List<Integer> answers = new ArrayList<>();
      for (CompletableFuture<Answer> one : both) {
        answers.add(one.get().status());
      }
      assertThat(answers).containsExactlyInAnyOrder(204, 404);
      assertInvalid(added);
      assertThat(
              get(admin, "api-keys/admin/events?action=key.deleted&tag=" + added.get("tag"))
                  .json()
                  .path("events")
                  .size())
          .isEqualTo(1);
    }
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
