package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key from its making to its end, as the database keeps it. */
abstract class KeyLifeContract extends ServletTest {
  private static final Duration VALIDITY = Duration.ofDays(30);

  @Test
  void keyIsAddedListedEditedReissuedAndDeleted() {
    Answer added = added();
    String key = added.get("key");
    assertThat(key).matches("lk_[0-9A-Za-z]{49}");
    assertThat(added.header("Location")).isEqualTo("/" + path(added));
    assertThat(added.header("Cache-Control")).isEqualTo("no-store");
    String shown =
        Answer.compact(
            """
            {"tag": "%s", "owner": "alice", "description": "nightly export", "status": "active",
             "hint": "lk_…%s", "createdAt": "2026-11-23T04:00:00Z",
             "expiresAt": "2026-12-23T04:00:00Z", "lastUsedAt": null, "lastUsedFrom": null,
             "scopes": null}
            """
                .formatted(added.get("tag"), key.substring(48)));
    assertThat(added.text()).isEqualTo(shown.replace("null}", "null,\"key\":\"" + key + "\"}"));
    assertThat(get(alice, path(added)).text()).isEqualTo(shown);
    assertThat(get(alice, "api-keys").text())
        .isEqualTo(
            Answer.compact(
                """
                {"keys": [%s],
                 "policy": {"maxKeys": 1,
                  "validity": {"mode": "choose", "defaultDays": 90, "maxDays": 365},
                  "scopes": [{"name": "read", "description": "Read only", "grantable": true}]}}
                """
                    .formatted(shown)));

    Answer edited =
        patch(
            alice,
            path(added),
            """
            {"description": "hourly", "expiresInDays": 7}
            """);
    assertThat(edited.status()).isEqualTo(200);
    assertThat(edited.get("description")).isEqualTo("hourly");
    assertThat(edited.get("expiresAt")).isEqualTo("2026-11-30T04:00:00Z");
    assertThat(whoami(key).header("API-Key-Expires")).isEqualTo("Mon, 30 Nov 2026 04:00:00 GMT");

    Answer reissued =
        reissue(
            alice,
            path(added),
            """
            {"expiresInDays": 1}
            """);
    assertThat(reissued.status()).isEqualTo(201);
    assertThat(reissued.get("description")).isEqualTo("hourly");
    assertThat(reissued.get("tag")).isNotEqualTo(added.get("tag"));
    assertThat(reissued.header("Location")).isEqualTo("/" + path(reissued));
    assertInvalid(added);
    assertPasses(reissued);

    Answer deleted = delete(alice, path(reissued));
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.text()).isEmpty();
    assertInvalid(reissued);
    assertThat(keysOf(alice)).isZero();
    assertThat(added().status()).isEqualTo(201);
  }

  @Test
  void missingMembersGetDefaults() {
    Answer added = add(alice, "{}");
    assertThat(added.get("description")).isEmpty();
    assertThat(added.get("expiresAt")).isEqualTo("2027-02-21T04:00:00Z");
    Answer other =
        add(
            bob,
            """
            {"expiresAt": "2026-11-23T04:00:01Z", "description": null}
            """);
    assertThat(other.get("expiresAt")).isEqualTo("2026-11-23T04:00:01Z");
    assertThat(other.get("description")).isEmpty();
  }

  @Test
  void reissuedKeyWorksUntilItsGraceIsOver() {
    Answer old = added();
    assertPasses(old); // cached, without the deadline to come
    Answer fresh =
        reissue(
            alice,
            path(old),
            """
            {"graceSeconds": 60}
            """);
    assertThat(keysOf(alice)).isEqualTo(1);
    assertThat(get(alice, path(old)).get("expiresAt")).isEqualTo("2026-11-23T04:01:00Z");
    Answer answer = whoami(old.get("key"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("API-Key-Expires")).isEqualTo("Mon, 23 Nov 2026 04:01:00 GMT");
    clock.advance(Duration.ofMinutes(1));
    assertInvalid(old);
    assertPasses(fresh);
    get(alice, path(old)).assertProblem(404, "no-such-key");
    delete(alice, path(old)).assertProblem(404, "no-such-key");
  }

  @Test
  void reissueAcceptsAnEmptyBodyOrNone() {
    Answer none = alice.call("POST", path(added()) + "/reissue").send();
    assertThat(none.status()).isEqualTo(201);
    Answer empty = reissue(alice, path(none), "{}");
    assertThat(empty.status()).isEqualTo(201);
    assertThat(empty.get("expiresAt")).isEqualTo("2027-02-21T04:00:00Z");
  }

  @Test
  void otherUsersKeysGet404() {
    Answer added = added();
    String path = path(added);
    get(bob, path).assertProblem(404, "no-such-key");
    patch(
            bob,
            path,
            """
            {"description": "x"}
            """)
        .assertProblem(404, "no-such-key");
    reissue(bob, path, "{}").assertProblem(404, "no-such-key");
    delete(bob, path).assertProblem(404, "no-such-key");
    get(alice, "api-keys/nothing").assertProblem(404, "no-such-key");
    get(alice, path + "/nothing").assertProblem(404, "no-such-key");
    get(alice, path + "%20").assertProblem(404, "no-such-key");
    get(alice, "api-keys/%C3%A9").assertProblem(404, "no-such-key");
    delete(alice, "api-keys/%F0%9F%94%91").assertProblem(404, "no-such-key");
    assertThat(keysOf(bob)).isZero();
    add(
            bob,
            """
            {"owner": "alice"}
            """)
        .assertProblem(400, "invalid-request");
    assertPasses(added);
  }

  @Test
  void addingBeyondTheLimitGets409() {
    String path = path(added());
    add(alice, "{}").assertProblem(409, "key-limit-reached");
    clock.advance(VALIDITY);
    add(alice, "{}").assertProblem(409, "expired-key-exists");
    assertThat(get(alice, path).get("status")).isEqualTo("expired");
    patch(
            alice,
            path,
            """
            {"expiresInDays": 1}
            """)
        .assertProblem(409, "key-expired");
    Answer described =
        patch(
            alice,
            path,
            """
            {"description": "x"}
            """);
    assertThat(described.status()).isEqualTo(200);
    assertThat(reissue(alice, path, "{}").get("status")).isEqualTo("active");
  }

  @Test
  void policyMayAllowSeveralKeys() throws Exception {
    startForOneTest(emptyDatabase().maxKeysPerUser(3).maxValidityDays(10).defaultValidityDays(5));
    for (int i = 0; i < 3; i++) {
      Answer added =
          add(
              alice,
              """
              {"description": "%d"}
              """
                  .formatted(i));
      assertThat(added.status()).isEqualTo(201);
      clock.advance(Duration.ofSeconds(1));
    }
    add(alice, "{}").assertProblem(409, "key-limit-reached");
    Answer list = get(alice, "api-keys");
    assertThat(list.json().at("/keys/0/description").asString()).isEqualTo("2");
    assertThat(list.json().at("/keys/2/description").asString()).isEqualTo("0");
    assertThat(list.json().at("/policy").toString())
        .isEqualTo(
            Answer.compact(
                """
                {"maxKeys": 3, "validity": {"mode": "choose", "defaultDays": 5, "maxDays": 10},
                 "scopes": [{"name": "read", "description": "Read only", "grantable": true}]}
                """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; DROP TABLE latchkey_key; --",
        "<script>alert(1)</script>",
        "ünïcödé 鍵 🔑👩‍👩‍👧 \\\\ % _ ` ${x} {base}",
        "\u2028\u202e right to left"
      })
  void descriptionComesBackAsItWas(String description) {
    Answer added =
        add(
            alice,
            """
            {"description": "%s"}
            """
                .formatted(description));
    assertThat(added.status()).isEqualTo(201);
    assertThat(get(alice, path(added)).get("description"))
        .isEqualTo(description.replace("\\\\", "\\"));
  }

  @Test
  void descriptionHasTwoHundredCharactersAtMost() {
    String json =
        """
        {"description": "%s"}
        """;
    add(alice, json.formatted("🔑".repeat(201))).assertProblem(400, "invalid-request");
    assertThat(add(alice, json.formatted("🔑".repeat(200))).status()).isEqualTo(201);
  }

  @Test
  void sessionSetsTheExpiry() {
    loginEndsAt.set(NOW.plusSeconds(3_600));
    assertThat(get(alice, "api-keys").json().at("/policy/validity").toString())
        .isEqualTo(
            Answer.compact(
                """
                {"mode": "session", "expiresAt": "2026-11-23T05:00:00Z"}
                """));
    add(
            alice,
            """
            {"expiresInDays": 1}
            """)
        .assertProblem(409, "expiry-set-by-session");
    Answer added =
        add(
            alice,
            """
            {"description": "x"}
            """);
    assertThat(added.get("expiresAt")).isEqualTo("2026-11-23T05:00:00Z");
    patch(
            alice,
            path(added),
            """
            {"expiresInDays": 1}
            """)
        .assertProblem(409, "expiry-set-by-session");
    reissue(
            alice,
            path(added),
            """
            {"expiresAt": "2026-11-24T04:00:00Z"}
            """)
        .assertProblem(409, "expiry-set-by-session");
    Answer described =
        patch(
            alice,
            path(added),
            """
            {"description": "y"}
            """);
    assertThat(described.status()).isEqualTo(200);
    add(alice, "{}").assertProblem(409, "key-limit-reached");
    clock.advance(Duration.ofHours(1));
    add(alice, "{}").assertProblem(401, "not-logged-in"); // the session is over
    loginEndsAt.set(NOW.plusSeconds(7_200));
    assertThat(add(alice, "{}").status()).isEqualTo(201); // in the expired key's place
    assertThat(keysOf(alice)).isEqualTo(1);
  }

  @Test
  void lastUseSurvivesARestart() throws Exception {
    Answer added = added();
    clock.advance(Duration.ofMinutes(5));
    assertPasses(added);
    start(sameDatabase()); // stopping wrote what was collected
    Answer list = get(alice, "api-keys");
    assertThat(list.json().at("/keys/0/lastUsedAt").asString()).isEqualTo("2026-11-23T04:05:00Z");
    assertThat(list.json().at("/keys/0/lastUsedFrom").asString()).isEqualTo("127.0.0.1");
  }
}
