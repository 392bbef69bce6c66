package dev.latchkey.boot.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.starter.Browser.Key;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An application that does not name us, with Boot's own protection of everything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BooksContract {
  private static final String CONTENT_TYPE = "Content-Type";
  private static final String JSON = "application/json";

  private Books books;
  private Key alice;
  private Key bob;

  abstract String[] database();

  @BeforeAll
  void start() {
    String[] properties = Arrays.copyOf(database(), database().length + 3);
    properties[properties.length - 3] = "latchkey.servlet.administrator-role=ADMIN";
    properties[properties.length - 2] = "latchkey.owner-ttl=1ms";
    properties[properties.length - 1] = "latchkey.accept-basic=true";
    books = Books.start(properties);
    alice = new Key(books.keyOf("alice"));
    bob = new Key(books.keyOf("bob"));
  }

  @AfterAll
  void stop() {
    books.close();
  }

  @AfterEach
  void restoreAccounts() {
    books.jdbc().update("DELETE FROM account");
    books.jdbc().update("INSERT INTO account VALUES ('alice', '{noop}alice', 'USER', FALSE)");
    books
        .jdbc()
        .update("INSERT INTO account VALUES ('bob', '{noop}bob', 'USER STAFF ADMIN', FALSE)");
    books.jdbc().update("DELETE FROM account WHERE name NOT IN ('alice', 'bob')");
  }

  static void assertIsOurs(HttpResponse<String> answer, int status, String problem) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"urn:latchkey:" + problem + "\"");
    assertThat(answer.headers().map()).doesNotContainKeys("location", "set-cookie");
  }

  @Test
  void aUserAddsAKeyOnThePageThoughThereIsCsrfProtection() throws Exception {
    books.jdbc().update("INSERT INTO account VALUES ('carol', '{noop}carol', 'USER', FALSE)");
    Browser browser = books.browser().login("carol");
    Key key = Browser.key(browser.addKey());
    assertThat(books.browser().get("/api/me", key).body())
        .contains("\"carol\"", "[\"ROLE_USER\",\"SCOPE_read\"]");
  }

  @Test
  void csrfProtectionOfEverythingElseStays() throws Exception {
    Browser browser = books.browser().login("alice");
    assertThat(browser.get("/").body()).isEqualTo("Hello, alice");
    assertThat(browser.send("POST", "/cart", "").statusCode()).isEqualTo(403);
  }

  @Test
  void everythingElseAsksForALoginStill() throws Exception {
    HttpResponse<String> answer = books.browser().get("/", "Accept", "text/html");
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/login");
    assertThat(books.browser().get("/", alice).statusCode()).isIn(302, 401);
    assertThat(books.browser().get("/api-keys", "Accept", "text/html").statusCode()).isEqualTo(302);
  }

  @Test
  void refusalsAreOursAndMakeNoSession() throws Exception {
    Browser caller = books.browser();
    assertIsOurs(caller.get("/api/books"), 401, "missing-key");
    assertIsOurs(caller.get("/api/books", "Accept", "text/html"), 401, "missing-key");
    assertIsOurs(caller.get("/api/books", new Key("lk_none")), 401, "invalid-key");
    assertIsOurs(caller.get("/api/nothing"), 401, "missing-key");
  }

  @Test
  void aKeyIsALoginOfSpringSecurityWithoutASession() throws Exception {
    HttpResponse<String> me = books.browser().get("/api/me", bob);
    assertThat(me.statusCode()).isEqualTo(200);
    assertThat(me.body()).contains("\"bob\"", "ROLE_USER", "ROLE_STAFF", "ROLE_ADMIN");
    assertThat(me.headers().map()).doesNotContainKey("set-cookie").containsKey("api-key-expires");
    assertThat(books.browser().post("/api/books", alice, "{\"title\":\"Emma\"}").statusCode())
        .isEqualTo(201);
    assertThat(books.browser().get("/api/slow", alice).body()).isEqualTo("alice");
  }

  private static String basic(Key key) {
    byte[] userPass = ("anybody:" + key.text()).getBytes(StandardCharsets.US_ASCII);
    return "Basic " + Base64.getEncoder().encodeToString(userPass);
  }

  /** Spring Security, too, reads Basic. */
  @Test
  void aKeyIsAPasswordOfBasic() throws Exception {
    HttpResponse<String> me = books.browser().get("/api/me", "Authorization", basic(alice));
    assertThat(me.statusCode()).isEqualTo(200);
    assertThat(me.body()).contains("\"alice\"");
    assertThat(me.headers().map()).doesNotContainKey("set-cookie");
  }

  /** Browsers send Basic by themselves, for pages of other sites as well. */
  @Test
  void aPasswordOfBasicIsNoCsrfToken() throws Exception {
    String[] emma = {
      "Content-Type", "application/json", "Authorization", basic(alice), "Origin", "https://evil.example"
    };
    String body = "{\"title\":\"Emma\"}";
    assertThat(books.browser().send("POST", "/api/books", body, emma).statusCode()).isEqualTo(403);
    String[] script = Arrays.copyOf(emma, 4);
    assertThat(books.browser().send("POST", "/api/books", body, script).statusCode())
        .isEqualTo(201);
  }

  @Test
  void aKeyBesideASessionCounts() throws Exception {
    Browser browser = books.browser().login("alice");
    assertThat(browser.get("/api/me", bob).body()).contains("\"bob\"").doesNotContain("alice");
    assertThat(browser.get("/").body()).isEqualTo("Hello, alice");
  }

  @Test
  void methodSecurityGoesByTheOwnersRoles() throws Exception {
    assertThat(books.browser().get("/api/stock", bob).statusCode()).isEqualTo(200);
    HttpResponse<String> denied = books.browser().get("/api/stock", alice);
    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(denied.headers().map()).doesNotContainKeys("location", "set-cookie");
  }

  @Test
  void rightsAreThoseOfNow() throws Exception {
    books.jdbc().update("UPDATE account SET roles = 'USER STAFF' WHERE name = 'alice'");
    assertThat(books.browser().get("/api/stock", alice).statusCode()).isEqualTo(200);
    books.jdbc().update("UPDATE account SET locked = TRUE WHERE name = 'alice'");
    assertIsOurs(books.browser().get("/api/stock", alice), 401, "invalid-key");
    books.jdbc().update("DELETE FROM account WHERE name = 'alice'");
    assertIsOurs(books.browser().get("/api/me", alice), 401, "invalid-key");
  }

  @Test
  void whatIsForEverybodyNeedsNoLogin() throws Exception {
    for (String asset : new String[] {"api-key-menu.js", "assets/page.css"}) {
      assertThat(books.browser().get("/api-keys/" + asset).statusCode()).isEqualTo(200);
    }
  }

  /** Without a login or a token; what is beside it needs one. */
  @Test
  void whoHoldsAKeyRevokesIt() throws Exception {
    books.jdbc().update("INSERT INTO account VALUES ('dora', '{noop}dora', 'USER', FALSE)");
    Key dora = new Key(books.keyOf("dora"));
    assertThat(books.browser().get("/api/me", dora).statusCode()).isEqualTo(200);
    String body = "{\"keys\":[\"%s\"]}".formatted(dora.text());
    HttpResponse<String> revoked =
        books.browser().send("POST", "/api-keys/revoke", body, CONTENT_TYPE, JSON);
    assertThat(revoked.statusCode()).as(revoked.body()).isEqualTo(202);
    assertIsOurs(books.browser().get("/api/me", dora), 401, "invalid-key");
    for (String path : new String[] {"revoke/", "admin/revocations", "admin/keys", "events"}) {
      assertThat(
              books
                  .browser()
                  .send("POST", "/api-keys/" + path, body, CONTENT_TYPE, JSON)
                  .statusCode())
          .as(path)
          .isIn(302, 401, 403);
    }
  }

  @Test
  void administratorsHaveTheirRoleOfSpringSecurity() throws Exception {
    assertIsOurs(
        books.browser().login("alice").get("/api-keys/admin/keys"), 403, "not-administrator");
    Browser bob = books.browser().login("bob");
    assertThat(bob.get("/api-keys/admin/keys?owner=alice").body()).contains("\"alice\"");
    HttpResponse<String> added =
        bob.send("POST", "/api-keys/admin/keys", "{\"owner\":\"erin\"}", CONTENT_TYPE, JSON);
    assertIsOurs(added, 403, "not-issuer");
    assertIsOurs(
        bob.send(
            "POST",
            "/api-keys/admin/revocations",
            "{\"filter\":{\"owner\":\"alice\"}}",
            CONTENT_TYPE,
            JSON,
            "Origin",
            "https://evil.example"),
        403,
        "cross-site-request");
  }

  @Test
  void theServletGuardsItselfAgainstOtherSites() throws Exception {
    HttpResponse<String> answer =
        books
            .browser()
            .login("alice")
            .send(
                "POST",
                "/api-keys",
                "{}",
                "Content-Type",
                "application/json",
                "Origin",
                "https://evil.example");
    assertIsOurs(answer, 403, "cross-site-request");
  }

  @Test
  void healthSaysThatKeysCanBeToldApartAndLivenessDoesNot() throws Exception {
    Browser browser = books.browser().login("alice");
    assertThat(browser.get("/actuator/health").body())
        .contains("\"latchkey\":{")
        .doesNotContain("DOWN");
    assertThat(browser.get("/actuator/health/liveness").body()).doesNotContain("latchkey");
    assertThat(browser.get("/actuator/health/readiness").body()).doesNotContain("latchkey");
    assertThat(browser.get("/actuator/info").body()).contains("\"latchkey\":{\"version\":");
  }

  @Test
  void metricsAreThereForPrometheus() throws Exception {
    assertThat(books.browser().get("/api/me", alice).statusCode()).isEqualTo(200);
    String samples = books.browser().login("bob").get("/actuator/prometheus").body();
    assertThat(samples)
        .containsPattern("(?m)^latchkey_requests_total\\{outcome=\"accepted\",?} [1-9]")
        .containsPattern("(?m)^latchkey_feed_lag_seconds [0-9]")
        .doesNotContain("alice");
  }
}
