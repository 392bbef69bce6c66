package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.Answer;
import dev.latchkey.test.HeaderLogin;
import dev.latchkey.test.HttpCall;
import dev.latchkey.test.HttpCaller;
import dev.latchkey.test.MutableClock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * The servlet as its callers see it: one server for all tests of a class, without keys at first.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServletTest {
  static final Instant NOW = Instant.parse("2026-11-23T04:00:00Z");

  final MutableClock clock = new MutableClock(NOW);

  /** When the logins end; null if they do not. */
  final AtomicReference<@Nullable Instant> loginEndsAt = new AtomicReference<>();

  private String h2 = "";
  private AdminServer server;
  private boolean forOneTest;
  HttpCaller alice;
  HttpCaller bob;
  HttpCaller anyone;

  /** Returns the servlet's init-params. */
  Map<String, String> initParams() {
    return Map.of("loginPage", "/login?return=/api-keys");
  }

  /** Returns settings that lead to an empty database. */
  ApiKeysConfig.Builder emptyDatabase() {
    h2 = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    return sameDatabase();
  }

  /** Returns settings that lead to the database of the last {@link #emptyDatabase}. */
  ApiKeysConfig.Builder sameDatabase() {
    return ApiKeysConfig.builder().jdbcUrl(h2).jdbcUser("sa");
  }

  @BeforeEach
  void startOnce() throws Exception {
    clock.set(NOW);
    loginEndsAt.set(null);
    if (server == null) {
      start(emptyDatabase());
    }
  }

  /** Starts a server in place of the one that runs. */
  final void start(ApiKeysConfig.Builder settings) throws Exception {
    stop();
    LoginSession login = request -> Optional.ofNullable(loginEndsAt.get());
    server = new AdminServer(settings.clock(clock).build(), login).start(initParams());
    anyone = server.caller();
    alice = anyone.with(HeaderLogin.HEADER, "alice");
    bob = anyone.with(HeaderLogin.HEADER, "bob");
  }

  /** Starts a server with other settings, for this test alone. */
  final void startForOneTest(ApiKeysConfig.Builder settings) throws Exception {
    start(settings);
    forOneTest = true;
  }

  @AfterEach
  void leaveNoKeys() {
    if (forOneTest) {
      stop();
    } else {
      server.forget("alice");
      server.forget("bob");
    }
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
    server = null;
    forOneTest = false;
  }

  static HttpCall post(HttpCaller user, String path, String json) {
    return user.call("POST", path).json(json);
  }

  static Answer add(HttpCaller user, String json) {
    return post(user, "api-keys", json).send();
  }

  static Answer patch(HttpCaller user, String path, String json) {
    return user.call("PATCH", path).json(json).send();
  }

  static Answer delete(HttpCaller user, String path) {
    return user.call("DELETE", path).send();
  }

  static Answer reissue(HttpCaller user, String path, String json) {
    return post(user, path + "/reissue", json).send();
  }

  static Answer get(HttpCaller user, String path) {
    return user.get(path).send();
  }

  static String path(Answer key) {
    return "api-keys/" + key.get("tag");
  }

  /** Returns where the application is, as browsers say it. */
  final String origin() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Has the server keep so much of an answer before it sends any of it. */
  final void bufferAnswers(int bytes) {
    server.http().setOutputBufferSize(bytes);
  }

  /** Adds a key of Alice's. */
  final Answer added() {
    Answer added =
        add(
            alice,
            """
            {"description": "nightly export", "expiresInDays": 30}
            """);
    assertThat(added.status()).isEqualTo(201);
    return added;
  }

  final int keysOf(HttpCaller user) {
    return get(user, "api-keys").json().path("keys").size();
  }

  /** Calls the API with a key. */
  final Answer whoami(String key) {
    return anyone.get("api/whoami").bearer(key).send();
  }

  final void assertPasses(Answer key) {
    assertThat(whoami(key.get("key")).status()).isEqualTo(200);
  }

  final void assertInvalid(Answer key) {
    whoami(key.get("key")).assertProblem(401, "invalid-key");
  }
}
