package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Answer;
import dev.latchkey.test.HeaderLogin;
import dev.latchkey.test.HttpCall;
import dev.latchkey.test.HttpCaller;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who administers keys, and who also issues them. */
class AdministratorsTest extends AdministrationTest {
  private static final String BY_OWNER = "{\"owner\": \"%s\"}";

  /** Returns every call there is, on a key. */
  private static List<HttpCall> calls(HttpCaller user, String path) {
    return List.of(
        user.get(KEYS),
        post(user, KEYS, BY_OWNER.formatted("carol")),
        user.get(path),
        user.call("PATCH", path).json("{}"),
        user.call("DELETE", path),
        post(user, path + "/reissue", "{}"),
        post(user, "api-keys/admin/revocations", "{\"filter\": {\"owner\": \"alice\"}}"),
        user.get("api-keys/admin/owner?name=alice"),
        user.call("PUT", "api-keys/admin/owner?name=alice").json("{\"disabled\": true}"),
        user.call("DELETE", "api-keys/admin/owner?name=alice"),
        user.get("api-keys/admin/events"),
        user.get("api-keys/admin/events").header("Accept", "application/x-ndjson"),
        user.get("api-keys/admin"),
        user.get("api-keys/admin/nothing"),
        user.call("OPTIONS", KEYS),
        user.call("TRACE", KEYS));
  }

  private static List<HttpCall> changes(HttpCaller user, String path) {
    return List.of(
        post(user, KEYS, BY_OWNER.formatted("carol")),
        user.call("PATCH", path).json("{}"),
        user.call("DELETE", path),
        post(user, path + "/reissue", "{}"),
        post(user, "api-keys/admin/revocations", "{\"filter\": {\"owner\": \"alice\"}}"),
        user.call("PUT", "api-keys/admin/owner?name=alice").json("{\"disabled\": true}"),
        user.call("DELETE", "api-keys/admin/owner?name=alice"));
  }

  @Test
  void nobodyElseIsLetIn() {
    Answer added = added();
    for (HttpCall call : calls(anyone, adminPath(added))) {
      call.send().assertProblem(401, "not-logged-in");
    }
    for (HttpCaller user :
        List.of(bob, alice, login("bob", "issuer"), login("bob", "Administrator"))) {
      for (HttpCall call : calls(user, adminPath(added))) {
        call.send().assertProblem(403, "not-administrator");
      }
    }
    assertPasses(added);
  }

  /** Not even the key of an administrator, who is logged in beside it. */
  @Test
  void keyAdministersNothing() {
    Answer added = added();
    String key = addFor("ivy").get("key");
    for (HttpCaller user : List.of(anyone, issuer)) {
      for (HttpCall call : calls(user, adminPath(added))) {
        call.bearer(key).send().assertProblem(403, "login-required");
      }
    }
    assertPasses(added);
  }

  @Test
  void otherSitesAreRejected() {
    Answer added = added();
    for (HttpCall call : changes(issuer, adminPath(added))) {
      call.header("Sec-Fetch-Site", "cross-site").send().assertProblem(403, "cross-site-request");
    }
    for (HttpCall call : changes(issuer, adminPath(added))) {
      call.header("Origin", "https://evil.example").send().assertProblem(403, "cross-site-request");
    }
    assertPasses(added);
    assertThat(get(admin, "api-keys/admin/owner?name=alice").json().path("keys").asInt())
        .isEqualTo(1);
  }

  /** The container says so with each request. */
  @Test
  void lostRoleEndsAtOnce() {
    Answer added = added();
    assertThat(get(issuer, adminPath(added)).status()).isEqualTo(200);
    HttpCaller noIssuer = login("ivy", "administrator");
    post(noIssuer, adminPath(added) + "/reissue", "{}").send().assertProblem(403, "not-issuer");
    assertThat(get(noIssuer, adminPath(added)).status()).isEqualTo(200);
    get(login("ivy", "issuer"), adminPath(added)).assertProblem(403, "not-administrator");
    get(login("ivy", ""), adminPath(added)).assertProblem(403, "not-administrator");
    assertPasses(added);
  }

  @Test
  void administratorSeesNarrowsAndRevokes() {
    Answer added = added();
    String path = adminPath(added);
    assertThat(get(admin, path).get("owner")).isEqualTo("alice");
    Answer narrowed =
        patch(
            admin,
            path,
            """
            {"expiresInDays": 7, "scopes": ["read"], "description": "seen", "reason": "too wide"}
            """);
    assertThat(narrowed.status()).as(narrowed.text()).isEqualTo(200);
    assertThat(narrowed.get("expiresAt")).isEqualTo("2026-11-30T04:00:00Z");
    assertThat(narrowed.json().path("scopes").toString()).isEqualTo("[\"read\"]");
    assertThat(narrowed.get("description")).isEqualTo("seen");
    assertThat(delete(admin, path).status()).isEqualTo(204);
    assertInvalid(added);
    get(admin, path).assertProblem(404, "no-such-key");
  }

  @Test
  void onlyIssuersAddReissueAndWiden() {
    post(admin, KEYS, BY_OWNER.formatted("alice")).send().assertProblem(403, "not-issuer");
    Answer added = add(alice, "{\"scopes\": [\"read\"], \"expiresInDays\": 30}");
    String path = adminPath(added);
    post(admin, path + "/reissue", "{}").send().assertProblem(403, "not-issuer");
    for (String wider :
        List.of(
            "{\"scopes\": null}",
            "{\"expiresInDays\": 31}",
            "{\"description\": \"x\", \"scopes\": null}")) {
      patch(admin, path, wider).assertProblem(403, "not-issuer");
    }
    assertThat(get(admin, path).text()).isEqualTo(get(alice, path(added)).text());

    Answer widened = patch(issuer, path, "{\"scopes\": null, \"expiresInDays\": 365}");
    assertThat(widened.status()).isEqualTo(200);
    assertThat(widened.json().path("scopes").isNull()).isTrue();
    Answer reissued = post(issuer, path + "/reissue", "{\"reason\": \"lost\"}").send();
    assertThat(reissued.status()).isEqualTo(201);
    assertThat(reissued.header("Location")).isEqualTo("/" + adminPath(reissued));
    assertThat(reissued.get("owner")).isEqualTo("alice");
    assertInvalid(added);
    assertPasses(reissued);
  }

  @Test
  void ownKeyIsOnesOwn() {
    HttpCaller ada = admin;
    Answer added = post(ada, KEYS, "{\"owner\": \"ada\", \"scopes\": [\"read\"]}").send();
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    String path = adminPath(added);
    assertThat(patch(ada, path, "{\"scopes\": null, \"expiresInDays\": 365}").status())
        .isEqualTo(200);
    Answer reissued = post(ada, path + "/reissue", "").body("").send();
    assertThat(reissued.status()).as(reissued.text()).isEqualTo(201);
    assertThat(get(ada, path(reissued)).get("owner")).isEqualTo("ada");
    assertThat(delete(ada, path(reissued)).status()).isEqualTo(204);
  }

  /** A service counts although nobody knows it, and so would its own account once it is gone. */
  @Test
  void onlyIssuersMakeServices() {
    post(admin, KEYS, "{\"owner\": \"ada\", \"service\": true}")
        .send()
        .assertProblem(403, "not-issuer");
    String name = newOwner();
    Answer added =
        post(issuer, KEYS, "{\"owner\": \"%s\", \"service\": true}".formatted(name)).send();
    assertThat(added.status()).isEqualTo(201);
    assertThat(get(admin, "api-keys/admin/owner?name=" + name).text())
        .isEqualTo(
            "{\"owner\":\"%s\",\"disabled\":false,\"service\":true,\"keys\":1}".formatted(name));
    assertPasses(added);
  }

  @Test
  void ownSessionSetsTheExpiryHereToo() {
    Answer others = added();
    loginEndsAt.set(NOW.plusSeconds(3600));
    Answer own = add(issuer, "{}");
    assertThat(own.status()).isEqualTo(201);
    post(issuer, KEYS, BY_OWNER.formatted("ivy"))
        .send()
        .assertProblem(409, "expiry-set-by-session");
    post(issuer, adminPath(own) + "/reissue", "{}")
        .send()
        .assertProblem(409, "expiry-set-by-session");
    for (String expiry :
        List.of("{\"expiresInDays\": 1}", "{\"expiresAt\": \"2026-11-23T04:10:00Z\"}")) {
      patch(issuer, adminPath(own), expiry).assertProblem(409, "expiry-set-by-session");
    }
    assertThat(patch(issuer, adminPath(own), "{\"scopes\": [\"read\"]}").status()).isEqualTo(200);
    assertThat(delete(issuer, adminPath(own)).status()).isEqualTo(204);
    assertThat(post(issuer, KEYS, BY_OWNER.formatted("alice")).send().status()).isEqualTo(201);
    assertThat(patch(issuer, adminPath(others), "{\"expiresInDays\": 1}").get("expiresAt"))
        .isEqualTo("2026-11-24T04:00:00Z");
  }

  /** An administrator's own calls stay those of a user. */
  @Test
  void administratorIsAUserToo() {
    Answer alices = added();
    assertThat(keysOf(issuer)).isZero();
    get(issuer, path(alices)).assertProblem(404, "no-such-key");
    delete(issuer, path(alices)).assertProblem(404, "no-such-key");
    Answer own = add(issuer, "{}");
    assertThat(keysOf(issuer)).isEqualTo(1);
    assertThat(get(issuer, adminPath(own)).text()).isEqualTo(get(issuer, path(own)).text());
    assertThat(delete(issuer, path(own)).status()).isEqualTo(204);
  }

  @Test
  void otherPathsAreNotThere() {
    for (String path :
        List.of("admin/", "admin/x", "admin/keys/a/b", "admin/owner/x", "admin/keys/a/reissue/")) {
      get(admin, "api-keys/" + path).assertProblem(404, "no-such-key");
    }
    assertThat(post(admin, "api-keys/admin/events", "{}").send().header("Allow"))
        .isEqualTo("GET, HEAD, OPTIONS");
    Answer put = admin.call("PUT", KEYS).json("{}").send();
    put.assertProblem(405, "method-not-allowed");
    assertThat(put.header("Allow")).isEqualTo("GET, HEAD, POST, OPTIONS");
    assertThat(admin.call("OPTIONS", "api-keys/admin/owner").send().header("Allow"))
        .isEqualTo("GET, HEAD, PUT, DELETE, OPTIONS");
  }

  @Test
  void nothingIsThereWhileNoRoleIsSet() throws Exception {
    try (AdminServer server = new AdminServer().start(Map.of())) {
      HttpCaller somebody = server.caller();
      for (HttpCaller user :
          List.of(
              somebody,
              somebody.with(HeaderLogin.HEADER, "ada").with(HeaderLogin.ROLES, "administrator"))) {
        for (HttpCall call : calls(user, KEYS + "/x")) {
          call.send().assertProblem(404, "no-such-key");
        }
      }
    }
  }

  @Test
  void withoutIssuerRoleNobodyIssues() throws Exception {
    try (AdminServer server =
        new AdminServer().start(Map.of("administratorRole", "administrator"))) {
      HttpCaller ada =
          server
              .caller()
              .with(HeaderLogin.HEADER, "ada")
              .with(HeaderLogin.ROLES, "administrator issuer null");
      post(ada, KEYS, BY_OWNER.formatted("alice")).send().assertProblem(403, "not-issuer");
      assertThat(post(ada, KEYS, BY_OWNER.formatted("ada")).send().status()).isEqualTo(201);
    }
  }
}
