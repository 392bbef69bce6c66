package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.key.KeyFormat;
import dev.latchkey.key.KeyGenerator;
import dev.latchkey.test.MutableClock;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Client.Answer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The HTTP contract, seen from outside: the filter, the servlet and the example around them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ExampleContract {
  private static final Instant NOW = Instant.parse("2026-11-23T04:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  final MutableClock clock = new MutableClock(NOW);
  private final AtomicReference<Instant> loginEndsAt = new AtomicReference<>();
  private boolean other;
  ExampleServer server;
  Client alice;
  Client bob;
  Client anyone;

  /** Settings that lead to an empty database. */
  abstract ApiKeysConfig.Builder emptyDatabase();

  @BeforeEach
  void startOnce() {
    clock.set(NOW);
    loginEndsAt.set(null);
    if (server == null) {
      start(emptyDatabase());
    }
  }

  private void start(ApiKeysConfig.Builder config) {
    stop();
    Logins login = request -> Optional.ofNullable(loginEndsAt.get());
    server = ExampleServer.start(new ExampleOptions(0, config.clock(clock).build()), login);
    alice = Client.loggedIn(server.uri(), "alice");
    bob = Client.loggedIn(server.uri(), "bob");
    anyone = new Client(server.uri());
  }

  /** A server with other settings, for this test alone. */
  private void startOther(ApiKeysConfig.Builder config) {
    start(config);
    other = true;
  }

  @AfterEach
  void leaveNoKeys() {
    if (other) {
      stop();
      return;
    }
    for (String user : List.of("alice", "bob")) {
      Client client = Client.loggedIn(server.uri(), user);
      for (JsonNode key : client.get("api-keys").json().path("keys")) {
        client.send("DELETE", "api-keys/" + key.path("tag").asString(), null);
      }
    }
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
    server = null;
    other = false;
  }

  private Answer added() {
    Answer added = alice.add("{\"description\":\"nightly export\",\"expiresInDays\":30}");
    assertThat(added.status()).isEqualTo(201);
    return added;
  }

  @Test
  void theKeysOfADisabledOwnerAreRefusedAsIfThereWereNone() {
    Client admin = Client.loggedIn(server.uri(), "admin");
    Answer key = added();
    String path = DisabledOwnersServlet.PATH.substring(1) + "/alice";
    assertThat(anyone.whoami(key.get("key")).status()).isEqualTo(200); // cached
    assertThat(admin.send("PUT", path, null).status()).isEqualTo(204);
    assertRefused(
        anyone.whoami(key.get("key")),
        401,
        "invalid-key",
        "Bearer realm=\"API\", error=\"invalid_token\"");
    clock.advance(DAY.multipliedBy(31)); // not even that it has expired is told
    assertProblem(anyone.whoami(key.get("key")), 401, "invalid-key");
    clock.set(NOW);
    assertThat(bob.add("{}").status()).isEqualTo(201);
    assertThat(admin.send("DELETE", path, null).status()).isEqualTo(204);
    assertThat(anyone.whoami(key.get("key")).status()).isEqualTo(200);
  }

  @Test
  void onlyAnAdminWhoIsLoggedInDisablesOwners() {
    String path = DisabledOwnersServlet.PATH.substring(1) + "/bob";
    Client admin = Client.loggedIn(server.uri(), "admin");
    Answer adminsKey = admin.add("{}");
    String bobsKey = bob.add("{}").get("key");
    for (String method : List.of("PUT", "DELETE")) {
      assertThat(anyone.send(method, path, null).status()).isEqualTo(401);
      assertThat(
              anyone
                  .send(method, path, null, "Authorization", "Bearer " + adminsKey.get("key"))
                  .status())
          .isEqualTo(401);
      assertThat(alice.send(method, path, null).status()).isEqualTo(403);
      for (String nobody : List.of("", "/", "/%0A", "/" + "x".repeat(256))) {
        assertThat(
                admin.send(method, DisabledOwnersServlet.PATH.substring(1) + nobody, null).status())
            .as(nobody)
            .isIn(400, 404);
      }
    }
    assertThat(anyone.whoami(bobsKey).status()).isEqualTo(200);
    admin.send("DELETE", "api-keys/" + adminsKey.get("tag"), null);
  }

  private static void assertProblem(Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.get("type")).isEqualTo("urn:latchkey:" + type);
    assertThat(answer.json().path("status").intValue()).isEqualTo(status);
    assertThat(answer.get("title")).isNotBlank();
    assertThat(answer.get("detail")).isNotBlank();
  }

  private static void assertRefused(Answer answer, int status, String type, String challenge) {
    assertProblem(answer, status, type);
    assertThat(answer.header("WWW-Authenticate")).isEqualTo(challenge);
    assertThat(answer.header("API-Key-Expires")).isNull();
    assertThat(answer.header("Set-Cookie")).isNull();
  }

  private static final String PLAIN = "Bearer realm=\"API\"";
  private static final String INVALID_TOKEN = PLAIN + ", error=\"invalid_token\"";
  private static final String INVALID_REQUEST = PLAIN + ", error=\"invalid_request\"";

  private static String wellFormed() {
    return new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom()).newKey().reveal();
  }

  // Section 1: who may pass.

  @Test
  void aKeyPassesInEitherHeader() {
    String key = added().get("key");
    for (String[] header :
        new String[][] {
          {"Authorization", "Bearer " + key},
          {"authorization", "bEARER   " + key},
          {"X-API-Key", key},
          {"x-api-key", key}
        }) {
      Answer answer = anyone.get("api/whoami", header);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().toString())
          .isEqualTo(
              "{\"user\":\"alice\",\"authType\":\"API_KEY\",\"keyTag\":\""
                  + alice.get("api-keys").json().at("/keys/0/tag").asString()
                  + "\",\"roles\":[\"user\"]}");
      assertThat(answer.header("API-Key-Expires")).isEqualTo("Wed, 23 Dec 2026 04:00:00 GMT");
      assertThat(answer.header("Set-Cookie")).isNull();
    }
  }

  @Test
  void noCredentialsOrOthersAreMissingKeys() {
    assertRefused(anyone.get("api/whoami"), 401, "missing-key", PLAIN);
    for (String value : List.of("Basic YWxpY2U6YWxpY2U=", "Negotiate", "Bearerish x", "x y z")) {
      assertRefused(anyone.get("api/whoami", "Authorization", value), 401, "missing-key", PLAIN);
    }
    assertRefused(alice.get("api/whoami"), 401, "missing-key", PLAIN); // a login is no key
    String key = added().get("key");
    assertRefused(anyone.get("api/whoami", "Authorization", key), 401, "missing-key", PLAIN);
    assertRefused(anyone.get("api/whoami?access_token=" + key), 401, "missing-key", PLAIN);
    assertRefused(anyone.get("api/whoami", "Cookie", "key=" + key), 401, "missing-key", PLAIN);
  }

  @Test
  void aLoginOfAnotherSchemeDoesNotHideAKey() {
    String key = added().get("key");
    assertThat(anyone.get("api/whoami", "Authorization", "Basic eA==", "X-API-Key", key).status())
        .isEqualTo(200);
  }

  @Test
  void whatCannotBeMeantIsABadRequest() {
    String key = added().get("key");
    for (String[] headers :
        new String[][] {
          {"Authorization", "Bearer"},
          {"Authorization", "Bearer " + key + " " + key},
          {"Authorization", "Bearer " + key + ", Bearer " + key},
          {"Authorization", "Bearer \"" + key + "\""},
          {"Authorization", "Bearer ="},
          {"Authorization", "Bearer " + key, "Authorization", "Bearer " + key},
          {"Authorization", "Bearer " + key, "Authorization", "Basic eA=="},
          {"Authorization", "Bearer " + key, "X-API-Key", key},
          {"X-API-Key", key, "X-API-Key", key},
          {"X-API-Key", ""},
          {"X-API-Key", "Bearer " + key}
        }) {
      assertRefused(
          anyone.get("api/whoami", headers), 400, "malformed-credentials", INVALID_REQUEST);
    }
  }

  @Test
  void wrongUnknownAndDeletedKeysGetOneAnswer() {
    Answer added = added();
    String key = added.get("key");
    alice.send("DELETE", "api-keys/" + added.get("tag"), null);
    Answer deleted = anyone.whoami(key);
    assertRefused(deleted, 401, "invalid-key", INVALID_TOKEN);
    for (String other :
        List.of("x", "x==", wellFormed(), key + "0", key.replace("lk_", "lk-"), "~".repeat(5000))) {
      Answer answer = anyone.whoami(other);
      assertRefused(answer, 401, "invalid-key", INVALID_TOKEN);
      assertThat(answer.text()).isEqualTo(deleted.text());
    }
  }

  @Test
  void anExpiredKeyIsSaidToBe() {
    String key = added().get("key");
    assertThat(anyone.whoami(key).status()).isEqualTo(200); // it is cached now
    clock.advance(DAY.multipliedBy(30).minusMillis(1));
    assertThat(anyone.whoami(key).status()).isEqualTo(200);
    clock.advance(Duration.ofMillis(1));
    assertRefused(
        anyone.whoami(key),
        401,
        "expired-key",
        INVALID_TOKEN + ", error_description=\"The API key expired at 2026-12-23T04:00:00Z\"");
  }

  @Test
  void aPreflightIsTheApplications() {
    Answer preflight =
        anyone.send(
            "OPTIONS",
            "api/orders",
            null,
            "Origin",
            "https://example.org",
            "Access-Control-Request-Method",
            "GET");
    assertThat(preflight.status()).isEqualTo(200);
    assertThat(preflight.header("Allow")).contains("POST");
    assertProblem(anyone.send("OPTIONS", "api/orders", null), 401, "missing-key");
    assertProblem(
        anyone.send("OPTIONS", "api/orders", null, "Origin", "https://example.org"),
        401,
        "missing-key");
  }

  @Test
  void theFiltersSettingsAreObserved() {
    startOther(
        emptyDatabase()
            .keyPrefix("acme_")
            .set("realm", "Orders of ACME")
            .set("keyHeader", "X-Acme-Key")
            .set("acceptBareKey", "true"));
    String key = added().get("key");
    assertThat(key).startsWith("acme_");
    assertThat(anyone.get("api/whoami", "X-Acme-Key", key).status()).isEqualTo(200);
    assertThat(anyone.get("api/whoami", "Authorization", key).status()).isEqualTo(200);
    assertRefused(
        anyone.get("api/whoami", "X-API-Key", key),
        401,
        "missing-key",
        "Bearer realm=\"Orders of ACME\"");
    assertProblem(anyone.get("api/whoami", "Authorization", "nonsense"), 401, "invalid-key");
    assertProblem(
        anyone.get("api/whoami", "Authorization", "Bearer"), 400, "malformed-credentials");
    assertProblem(anyone.get("api/whoami", "Authorization", "Basic x"), 401, "missing-key");
    assertProblem(anyone.whoami(wellFormed()), 401, "invalid-key"); // lk_ is no prefix here
  }

  /** What a refusal leaves unread must not cost the client its next request. */
  @Test
  void aRefusalLeavesTheConnectionUsableOrSaysThatItDoesNot() {
    for (int i = 0; i < 100; i++) {
      Answer unread = anyone.send("POST", "api/orders", "{\"item\":\"x\"}");
      assertProblem(unread, 401, "missing-key");
      assertThat(unread.header("Connection")).isEqualTo("close");
      Answer read = alice.send("POST", "api-keys", "{}");
      assertProblem(read, 415, "unsupported-media-type");
      assertThat(read.header("Connection")).isNull();
      assertProblem(anyone.add("{}"), 401, "not-logged-in");
    }
    assertThat(anyone.get("api/whoami").header("Connection")).isNull();
    assertThat(alice.add(" ".repeat(16 * 1024 + 1)).header("Connection")).isEqualTo("close");
  }

  // Section 2: one's own key.

  @Test
  void aKeysLife() {
    Answer added = added();
    String tag = added.get("tag");
    String key = added.get("key");
    assertThat(key).matches("lk_[0-9A-Za-z]{49}");
    assertThat(added.header("Location")).isEqualTo("/api-keys/" + tag);
    assertThat(added.header("Cache-Control")).isEqualTo("no-store");
    String shown =
        "{\"tag\":\""
            + tag
            + "\",\"owner\":\"alice\",\"description\":\"nightly export\",\"status\":\"active\","
            + "\"hint\":\"lk_…"
            + key.substring(48)
            + "\",\"createdAt\":\"2026-11-23T04:00:00Z\",\"expiresAt\":\"2026-12-23T04:00:00Z\","
            + "\"lastUsedAt\":null,\"lastUsedFrom\":null}";
    assertThat(added.text()).isEqualTo(shown.replace("null}", "null,\"key\":\"" + key + "\"}"));
    assertThat(alice.get("api-keys/" + tag).text()).isEqualTo(shown);
    assertThat(alice.get("api-keys").text())
        .isEqualTo(
            "{\"keys\":["
                + shown
                + "],\"policy\":{\"maxKeys\":1,\"validity\":"
                + "{\"mode\":\"choose\",\"defaultDays\":90,\"maxDays\":365}}}");

    Answer edited =
        alice.json("PATCH", "api-keys/" + tag, "{\"description\":\"hourly\",\"expiresInDays\":7}");
    assertThat(edited.status()).isEqualTo(200);
    assertThat(edited.get("description")).isEqualTo("hourly");
    assertThat(edited.get("expiresAt")).isEqualTo("2026-11-30T04:00:00Z");
    assertThat(anyone.whoami(key).header("API-Key-Expires"))
        .isEqualTo("Mon, 30 Nov 2026 04:00:00 GMT");

    Answer reissued = alice.json("POST", "api-keys/" + tag + "/reissue", "{\"expiresInDays\":1}");
    assertThat(reissued.status()).isEqualTo(201);
    assertThat(reissued.get("description")).isEqualTo("hourly");
    assertThat(reissued.get("tag")).isNotEqualTo(tag);
    assertThat(reissued.header("Location")).isEqualTo("/api-keys/" + reissued.get("tag"));
    assertProblem(anyone.whoami(key), 401, "invalid-key");
    assertThat(anyone.whoami(reissued.get("key")).status()).isEqualTo(200);

    Answer deleted = alice.send("DELETE", "api-keys/" + reissued.get("tag"), null);
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.text()).isEmpty();
    assertProblem(anyone.whoami(reissued.get("key")), 401, "invalid-key");
    assertThat(alice.get("api-keys").json().path("keys").size()).isZero();
    assertThat(added().status()).isEqualTo(201);
  }

  @Test
  void adviceIsGivenByDefault() {
    Answer added = alice.add("{}");
    assertThat(added.get("description")).isEmpty();
    assertThat(added.get("expiresAt")).isEqualTo("2027-02-21T04:00:00Z");
    Answer other = bob.add("{\"expiresAt\":\"2026-11-23T04:00:01Z\",\"description\":null}");
    assertThat(other.get("expiresAt")).isEqualTo("2026-11-23T04:00:01Z");
    assertThat(other.get("description")).isEmpty();
  }

  @Test
  void aReissuedKeyWorksUntilItsGraceIsOver() {
    Answer old = added();
    anyone.whoami(old.get("key")); // cached, without the deadline to come
    Answer fresh =
        alice.json("POST", "api-keys/" + old.get("tag") + "/reissue", "{\"graceSeconds\":60}");
    assertThat(alice.get("api-keys").json().path("keys").size()).isEqualTo(1);
    assertThat(alice.get("api-keys/" + old.get("tag")).get("expiresAt"))
        .isEqualTo("2026-11-23T04:01:00Z");
    Answer answer = anyone.whoami(old.get("key"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("API-Key-Expires")).isEqualTo("Mon, 23 Nov 2026 04:01:00 GMT");
    clock.advance(Duration.ofMinutes(1));
    assertProblem(anyone.whoami(old.get("key")), 401, "invalid-key");
    assertThat(anyone.whoami(fresh.get("key")).status()).isEqualTo(200);
    assertProblem(alice.get("api-keys/" + old.get("tag")), 404, "no-such-key");
    assertProblem(alice.send("DELETE", "api-keys/" + old.get("tag"), null), 404, "no-such-key");
  }

  @Test
  void reissueTakesAnEmptyBodyOrNone() {
    String tag = added().get("tag");
    Answer none = alice.send("POST", "api-keys/" + tag + "/reissue", null);
    assertThat(none.status()).isEqualTo(201);
    Answer empty = alice.json("POST", "api-keys/" + none.get("tag") + "/reissue", "{}");
    assertThat(empty.status()).isEqualTo(201);
    assertThat(empty.get("expiresAt")).isEqualTo("2027-02-21T04:00:00Z");
  }

  @Test
  void whoIsNotLoggedInIsToldSo() {
    for (String path : List.of("api-keys", "api-keys/x")) {
      assertProblem(anyone.get(path), 401, "not-logged-in");
    }
    assertProblem(anyone.add("{}"), 401, "not-logged-in");
    assertProblem(anyone.send("DELETE", "api-keys/x", null), 401, "not-logged-in");
  }

  @Test
  void aKeyCannotMakeOrChangeKeys() {
    Answer added = added();
    String[] bearer = {
      "Authorization", "Bearer " + added.get("key"), "Content-Type", "application/json"
    };
    String path = "api-keys/" + added.get("tag");
    assertProblem(anyone.send("POST", "api-keys", "{}", bearer), 403, "login-required");
    assertProblem(anyone.send("PATCH", path, "{}", bearer), 403, "login-required");
    assertProblem(anyone.send("POST", path + "/reissue", "{}", bearer), 403, "login-required");
    assertProblem(anyone.send("DELETE", path, null, bearer), 403, "login-required");
    assertProblem(alice.send("DELETE", path, null, bearer), 403, "login-required");
    assertThat(anyone.whoami(added.get("key")).status()).isEqualTo(200);
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
  void otherSitesMayNotChangeKeys(String header, String value) {
    String path = "api-keys/" + added().get("tag");
    for (String[] change :
        new String[][] {
          {"POST", "api-keys", "{}"},
          {"PATCH", path, "{}"},
          {"POST", path + "/reissue", "{}"},
          {"DELETE", path, null}
        }) {
      assertProblem(
          alice.send(
              change[0], change[1], change[2], header, value, "Content-Type", "application/json"),
          403,
          "cross-site-request");
    }
    assertThat(alice.get("api-keys", header, value).status()).isEqualTo(200);
  }

  @Test
  void theOwnSiteMayChangeKeys() {
    String origin = server.uri().toString().replaceAll("/$", "");
    String json = "application/json";
    Answer byOrigin = alice.send("POST", "api-keys", "{}", "Origin", origin, "Content-Type", json);
    assertThat(byOrigin.status()).isEqualTo(201);
    String path = "api-keys/" + byOrigin.get("tag");
    assertThat(alice.send("DELETE", path, null, "Sec-Fetch-Site", "same-origin").status())
        .isEqualTo(204);
    assertThat(
            alice
                .send(
                    "POST",
                    "api-keys",
                    "{}",
                    "Sec-Fetch-Site",
                    "same-origin",
                    "Origin",
                    "https://behind.a.proxy",
                    "Content-Type",
                    json)
                .status())
        .isEqualTo(201);
  }

  @Test
  void nobodySeesOrChangesAnothersKey() {
    Answer added = added();
    String path = "api-keys/" + added.get("tag");
    assertProblem(bob.get(path), 404, "no-such-key");
    assertProblem(bob.json("PATCH", path, "{\"description\":\"x\"}"), 404, "no-such-key");
    assertProblem(bob.json("POST", path + "/reissue", "{}"), 404, "no-such-key");
    assertProblem(bob.send("DELETE", path, null), 404, "no-such-key");
    assertProblem(alice.get("api-keys/nothing"), 404, "no-such-key");
    assertProblem(alice.get(path + "/nothing"), 404, "no-such-key");
    assertProblem(alice.get(path + "%20"), 404, "no-such-key");
    assertProblem(alice.get("api-keys/%C3%A9"), 404, "no-such-key");
    assertProblem(alice.send("DELETE", "api-keys/%F0%9F%94%91", null), 404, "no-such-key");
    assertThat(bob.get("api-keys").json().path("keys").size()).isZero();
    assertProblem(bob.add("{\"owner\":\"alice\"}"), 400, "invalid-request");
    assertThat(anyone.whoami(added.get("key")).status()).isEqualTo(200);
  }

  @Test
  void oneKeyMoreThanThePolicyAllowsIsRefused() {
    Answer added = added();
    assertProblem(alice.add("{}"), 409, "key-limit-reached");
    clock.advance(DAY.multipliedBy(30));
    assertProblem(alice.add("{}"), 409, "expired-key-exists");
    String path = "api-keys/" + added.get("tag");
    assertThat(alice.get(path).get("status")).isEqualTo("expired");
    assertProblem(alice.json("PATCH", path, "{\"expiresInDays\":1}"), 409, "key-expired");
    assertThat(alice.json("PATCH", path, "{\"description\":\"x\"}").status()).isEqualTo(200);
    assertThat(alice.json("POST", path + "/reissue", "{}").get("status")).isEqualTo("active");
  }

  @Test
  void aPolicyOfSeveralKeysIsKept() {
    startOther(emptyDatabase().maxKeysPerUser(3).maxValidityDays(10).defaultValidityDays(5));
    for (int i = 0; i < 3; i++) {
      assertThat(alice.add("{\"description\":\"%d\"}".formatted(i)).status()).isEqualTo(201);
      clock.advance(Duration.ofSeconds(1));
    }
    assertProblem(alice.add("{}"), 409, "key-limit-reached");
    Answer list = alice.get("api-keys");
    assertThat(list.json().at("/keys/0/description").asString()).isEqualTo("2");
    assertThat(list.json().at("/keys/2/description").asString()).isEqualTo("0");
    assertThat(list.json().at("/policy").toString())
        .isEqualTo(
            "{\"maxKeys\":3,\"validity\":{\"mode\":\"choose\",\"defaultDays\":5,\"maxDays\":10}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"expiresInDays\":0} | expiresInDays",
        "{\"expiresInDays\":-1} | expiresInDays",
        "{\"expiresInDays\":366} | expiresInDays",
        "{\"expiresInDays\":99999999999999999999} | expiresInDays",
        "{\"expiresInDays\":1.5} | expiresInDays",
        "{\"expiresInDays\":\"30\"} | expiresInDays",
        "{\"expiresInDays\":null} | expiresInDays",
        "{\"expiresInDays\":true} | expiresInDays",
        "{\"expiresAt\":\"tomorrow\"} | expiresAt",
        "{\"expiresAt\":\"2026-11-23T04:00:00Z\"} | expiresAt",
        "{\"expiresAt\":\"2027-11-23T04:00:01Z\"} | expiresAt",
        "{\"expiresAt\":1795406400} | expiresAt",
        "{\"expiresAt\":\"+999999999-12-31T23:59:59Z\"} | expiresAt",
        "{\"expiresInDays\":1,\"expiresAt\":\"2026-11-24T04:00:00Z\"} | expiresAt",
        "{\"description\":5} | description",
        "{\"description\":\"a\\nb\"} | description",
        "{\"description\":\"\\u0000\"} | description",
        "{\"description\":\"\\ud83d\"} | description",
        "{\"tag\":\"x\"} | tag",
        "{\"graceSeconds\":0} | graceSeconds",
        "{\"description\":\"a\",\"description\":\"b\"} | body",
        "[] | body",
        "'' | body",
        "null | body",
        "{ | body",
        "{}{} | body"
      })
  void badValuesAreNamed(String body, String field) {
    Answer answer = alice.add(body);
    assertProblem(answer, 400, "invalid-request");
    assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo(field);
    assertThat(answer.json().at("/errors/0/message").asString()).isNotBlank();
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    Answer answer = alice.add("{\"x\":1,\"expiresInDays\":\"1\",\"description\":2}");
    assertThat(answer.json().path("errors").size()).isEqualTo(3);
    String path = "api-keys/" + added().get("tag");
    assertProblem(
        alice.json("POST", path + "/reissue", "{\"graceSeconds\":-1}"), 400, "invalid-request");
    assertProblem(
        alice.json("POST", path + "/reissue", "{\"description\":\"x\"}"), 400, "invalid-request");
    assertProblem(alice.json("PATCH", path, "{\"expiresInDays\":0}"), 400, "invalid-request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; DROP TABLE latchkey_key; --",
        "<script>alert(1)</script>",
        "ünïcödé 鍵 🔑👩‍👩‍👧 \\\\ % _ ` ${x} {base}",
        "\u2028\u202e right to left"
      })
  void descriptionsComeBackAsTheyWere(String description) {
    Answer added = alice.add("{\"description\":\"" + description + "\"}");
    assertThat(added.status()).isEqualTo(201);
    assertThat(alice.get("api-keys/" + added.get("tag")).get("description"))
        .isEqualTo(description.replace("\\\\", "\\"));
  }

  @Test
  void descriptionsHaveTwoHundredCharactersAtMost() {
    assertProblem(
        alice.add("{\"description\":\"" + "🔑".repeat(201) + "\"}"), 400, "invalid-request");
    assertThat(alice.add("{\"description\":\"" + "🔑".repeat(200) + "\"}").status()).isEqualTo(201);
  }

  @Test
  void otherMediaTypesAndMethodsAndLargeBodiesAreRefused() {
    String type = "unsupported-media-type";
    assertProblem(alice.send("POST", "api-keys", "{}"), 415, type);
    assertProblem(alice.send("POST", "api-keys", "{}", "Content-Type", "text/plain"), 415, type);
    assertProblem(
        alice.send("POST", "api-keys", "a=b", "Content-Type", "application/x-www-form-urlencoded"),
        415,
        type);
    assertThat(
            alice
                .send("POST", "api-keys", "[]", "Content-Type", "application/json;charset=bogus")
                .status())
        .isEqualTo(400);
    assertProblem(
        alice.send("POST", "api-keys", "{}", "Content-Type", "application/merge-patch+json"),
        415,
        type);
    String large = "{\"description\":\"" + "x".repeat(16 * 1024) + "\"}";
    assertProblem(alice.add(large), 413, "too-large");
    Answer wrongMethod = alice.send("PUT", "api-keys", "{}");
    assertProblem(wrongMethod, 405, "method-not-allowed");
    assertThat(wrongMethod.header("Allow")).isEqualTo("GET, HEAD, POST, OPTIONS");
    Answer added =
        alice.send("POST", "api-keys", "{}", "Content-Type", "Application/JSON;charset=utf-8");
    String path = "api-keys/" + added.get("tag");
    assertThat(alice.send("POST", path, "{}").header("Allow"))
        .isEqualTo("GET, HEAD, PATCH, DELETE, OPTIONS");
    assertProblem(alice.get(path + "/reissue"), 405, "method-not-allowed");
    assertProblem(alice.send("delete", path, null), 405, "method-not-allowed");
    assertThat(alice.send("OPTIONS", path, null).status()).isEqualTo(204);
    assertThat(alice.send("HEAD", path, null).status()).isEqualTo(200);
    assertThat(
            alice
                .send("PATCH", path, "{}", "Content-Type", "application/merge-patch+json")
                .status())
        .isEqualTo(200);
  }

  @Test
  void aSessionMaySetTheExpiry() {
    loginEndsAt.set(NOW.plusSeconds(3_600));
    assertThat(alice.get("api-keys").json().at("/policy/validity").toString())
        .isEqualTo("{\"mode\":\"session\",\"expiresAt\":\"2026-11-23T05:00:00Z\"}");
    assertProblem(alice.add("{\"expiresInDays\":1}"), 409, "expiry-set-by-session");
    Answer added = alice.add("{\"description\":\"x\"}");
    assertThat(added.get("expiresAt")).isEqualTo("2026-11-23T05:00:00Z");
    String path = "api-keys/" + added.get("tag");
    assertProblem(alice.json("PATCH", path, "{\"expiresInDays\":1}"), 409, "expiry-set-by-session");
    assertProblem(
        alice.json("POST", path + "/reissue", "{\"expiresAt\":\"2026-11-24T04:00:00Z\"}"),
        409,
        "expiry-set-by-session");
    assertThat(alice.json("PATCH", path, "{\"description\":\"y\"}").status()).isEqualTo(200);
    assertProblem(alice.add("{}"), 409, "key-limit-reached");
    clock.advance(Duration.ofHours(1));
    assertProblem(alice.add("{}"), 401, "not-logged-in"); // the session is over
    loginEndsAt.set(NOW.plusSeconds(7_200));
    assertThat(alice.add("{}").status()).isEqualTo(201); // in the expired key's place
    assertThat(alice.get("api-keys").json().path("keys").size()).isEqualTo(1);
  }

  @Test
  void theServletServesItsPageAndComponent() {
    Answer page = alice.get("api-keys", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
    assertThat(page.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.text()).contains("<api-key-menu ").contains("\"/api-keys/api-key-menu.js\"");
    for (String accept : List.of("TEXT/HTML", "text/html;q=0.5, */*")) {
      assertThat(alice.get("api-keys", "Accept", accept).text()).startsWith("<!doctype html>");
    }
    for (String accept :
        List.of("text/html;q=0", "text/htmlx", "*/*", "text/html, application/json")) {
      assertThat(alice.get("api-keys", "Accept", accept).text()).startsWith("{");
    }
    Answer script = anyone.get("api-keys/api-key-menu.js");
    assertThat(script.status()).isEqualTo(200);
    assertThat(script.header("Content-Type")).startsWith("text/javascript");
    assertThat(alice.get("api-keys", "Accept", "application/json").header("Content-Type"))
        .isEqualTo("application/json");
  }

  @Test
  void whatLooksLikeTheComponentIsNot() {
    assertProblem(
        anyone.json("POST", "api-keys/api-key-menu.js/reissue", "{}"), 401, "not-logged-in");
    assertProblem(alice.json("POST", "api-keys/api-key-menu.js/reissue", "{}"), 404, "no-such-key");
    assertProblem(alice.json("POST", "api-keys/api-key-menu.js", "{}"), 405, "method-not-allowed");
  }

  @Test
  void aBrowserThatIsNotLoggedInIsLedToTheLogin() {
    Answer page = anyone.get("api-keys", "Accept", "text/html");
    assertThat(page.status()).isEqualTo(401);
    assertThat(page.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
    assertThat(page.header("Vary")).isEqualTo("Accept");
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(page.text()).contains("href=\"/login?return=/api-keys\"");
    assertProblem(anyone.get("api-keys", "Accept", "application/json"), 401, "not-logged-in");
    assertProblem(anyone.get("api-keys/x", "Accept", "text/html"), 401, "not-logged-in");
    assertThat(anyone.get("login?return=https://evil.example/").text())
        .contains("name=\"return\" value=\"/\"");
  }

  // Section 3: the example.

  @Test
  void theExampleLogsInAndOut() {
    assertThat(anyone.get("").status()).isEqualTo(303);
    assertThat(anyone.get("").header("Location")).isEqualTo("/login");
    assertThat(anyone.get("login").text()).contains("<form");
    Answer wrong =
        anyone.send(
            "POST",
            "login",
            "username=alice&password=wrong",
            "Content-Type",
            "application/x-www-form-urlencoded");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(anyone.get("health").status()).isEqualTo(200);
    assertThat(alice.get("").text())
        .contains("alice")
        .contains("<api-key-menu ")
        .contains(server.uri() + "api/whoami");
    assertThat(Client.loggedIn(server.uri(), "admin").get("").status()).isEqualTo(200);
    Client leaving = Client.loggedIn(server.uri(), "alice"); // others need the other login still
    Answer out = leaving.send("POST", "logout", null);
    assertThat(out.status()).isEqualTo(303);
    assertThat(out.header("Location")).isEqualTo("/login");
    assertProblem(leaving.get("api-keys"), 401, "not-logged-in");
  }

  @Test
  void theExampleMayLetAnonymousCallersIn() {
    startOther(emptyDatabase().set("credentials", "optional"));
    assertThat(anyone.get("api/whoami").text())
        .isEqualTo("{\"user\":null,\"authType\":null,\"keyTag\":null,\"roles\":[]}");
    assertThat(anyone.get("api/orders").status()).isEqualTo(200);
    assertThat(alice.get("api/whoami").get("user")).isEqualTo("alice");
    assertProblem(anyone.whoami(wellFormed()), 401, "invalid-key");
  }

  @Test
  void theExampleDoesNotEchoKeys() {
    Answer trace = anyone.send("TRACE", "health", null, "X-API-Key", "secret");
    assertThat(trace.status()).isEqualTo(403);
    assertThat(trace.text()).doesNotContain("secret");
  }

  @Test
  void ordersAreTheCallersOwn() {
    String key = added().get("key");
    String other = bob.add("{}").get("key");
    String[] bearer = {"Authorization", "Bearer " + key};
    assertThat(anyone.send("POST", "api/orders", "{\"item\":\"lamp\"}", bearer).status())
        .isEqualTo(201);
    assertThat(anyone.get("api/orders", bearer).text())
        .isEqualTo("{\"orders\":[{\"id\":1,\"item\":\"lamp\",\"quantity\":1}]}");
    assertThat(anyone.get("api/orders", "X-API-Key", other).text()).isEqualTo("{\"orders\":[]}");
    assertThat(anyone.send("POST", "api/orders", "nonsense", bearer).status()).isEqualTo(400);
  }

  @Test
  void lastUseIsSeenAfterARestart() {
    String key = added().get("key");
    clock.advance(Duration.ofMinutes(5));
    anyone.whoami(key);
    start(sameDatabase()); // stopping wrote what was collected
    assertThat(alice.get("api-keys").json().at("/keys/0/lastUsedAt").asString())
        .isEqualTo("2026-11-23T04:05:00Z");
    assertThat(alice.get("api-keys").json().at("/keys/0/lastUsedFrom").asString())
        .isEqualTo("127.0.0.1");
  }

  /** Settings that lead to the database of the last {@link #emptyDatabase}. */
  abstract ApiKeysConfig.Builder sameDatabase();
}
