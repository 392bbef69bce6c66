package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.Answer;
import dev.latchkey.test.caller.Client;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the example itself adds to the filter and the servlet, seen from outside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ExampleContract {
  private static final String DISABLED_OWNERS = DisabledOwnersServlet.PATH.substring(1);

  private ExampleServer server;
  private boolean forOneTest;
  private Client alice;
  private Client bob;
  private Client admin;
  private Client anyone;

  /** Returns settings that lead to an empty database. */
  abstract ApiKeysConfig.Builder emptyDatabase();

  @BeforeEach
  void startOnce() {
    if (server == null) {
      start(emptyDatabase());
    }
  }

  private void start(ApiKeysConfig.Builder config) {
    stop();
    server = ExampleServer.start(new ExampleOptions(0, config.build()));
    alice = Client.loggedIn(server.uri(), "alice");
    bob = Client.loggedIn(server.uri(), "bob");
    admin = Client.loggedIn(server.uri(), "admin");
    anyone = new Client(server.uri());
  }

  @AfterEach
  void leaveNoKeys() {
    if (forOneTest) {
      stop();
      return;
    }
    for (Client user : List.of(alice, bob, admin)) {
      for (JsonNode key : user.get("api-keys").json().path("keys")) {
        user.send("DELETE", "api-keys/" + key.path("tag").asString(), null);
      }
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

  private static Answer keyOf(Client user) {
    Answer added = user.add("{}");
    assertThat(added.status()).isEqualTo(201);
    return added;
  }

  @Test
  void userLogsInAndOut() {
    assertThat(anyone.get("").status()).isEqualTo(303);
    assertThat(anyone.get("").header("Location")).isEqualTo("/login");
    assertThat(anyone.get("login").text()).contains("<form");
    assertThat(anyone.login("alice", "wrong").status()).isEqualTo(401);
    assertThat(anyone.get("health").status()).isEqualTo(200);
    assertThat(alice.get("").text())
        .contains("alice")
        .contains("<api-key-menu ")
        .contains(server.uri() + "api/whoami");
    assertThat(admin.get("").status()).isEqualTo(200);
    Client leaving = Client.loggedIn(server.uri(), "alice"); // others need the other login still
    Answer out = leaving.send("POST", "logout", null);
    assertThat(out.status()).isEqualTo(303);
    assertThat(out.header("Location")).isEqualTo("/login");
    leaving.get("api-keys").assertProblem(401, "not-logged-in");
  }

  @Test
  void loginReturnsToOwnPagesOnly() {
    assertThat(anyone.get("login?return=https://evil.example/").text())
        .contains("name=\"return\" value=\"/\"");
  }

  @Test
  void whoamiTellsTheOwnerOfTheKey() {
    Answer key = keyOf(alice);
    assertThat(anyone.whoami(key.get("key")).text())
        .isEqualTo(
            Answer.compact(
                """
                {"user": "alice", "authType": "API_KEY", "keyTag": "%s", "roles": ["user"]}
                """
                    .formatted(key.get("tag"))));
    alice.get("api/whoami").assertProblem(401, "missing-key"); // a login is no key
  }

  @Test
  void ordersAreTheCallersOwn() {
    String key = keyOf(alice).get("key");
    String other = keyOf(bob).get("key");
    Answer ordered =
        anyone
            .call("POST", "api/orders")
            .bearer(key)
            .body(
                """
                {"item": "lamp"}
                """)
            .send();
    assertThat(ordered.status()).isEqualTo(201);
    assertThat(anyone.call("GET", "api/orders").bearer(key).send().text())
        .isEqualTo(
            Answer.compact(
                """
                {"orders": [{"id": 1, "item": "lamp", "quantity": 1}]}
                """));
    assertThat(anyone.call("GET", "api/orders").header("X-API-Key", other).send().text())
        .isEqualTo("{\"orders\":[]}");
    assertThat(anyone.call("POST", "api/orders").bearer(key).body("nonsense").send().status())
        .isEqualTo(400);
  }

  @Test
  void anonymousCallersPassWhereCredentialsAreOptional() {
    start(emptyDatabase().set("credentials", "optional"));
    forOneTest = true;
    assertThat(anyone.get("api/whoami").text())
        .isEqualTo(
            Answer.compact(
                """
                {"user": null, "authType": null, "keyTag": null, "roles": []}
                """));
    assertThat(anyone.get("api/orders").status()).isEqualTo(200);
    assertThat(alice.get("api/whoami").get("user")).isEqualTo("alice");
  }

  @Test
  void traceDoesNotEchoKeys() {
    Answer trace = anyone.call("TRACE", "health").header("X-API-Key", "secret").send();
    assertThat(trace.status()).isEqualTo(403);
    assertThat(trace.text()).doesNotContain("secret");
  }

  @Test
  void adminAdministersAndIssuesKeys() {
    Answer alices = keyOf(alice);
    String path = "api-keys/admin/keys/" + alices.get("tag");
    assertThat(admin.get(path).get("owner")).isEqualTo("alice");
    Answer reissued = admin.json("POST", path + "/reissue", "{}");
    assertThat(reissued.status()).isEqualTo(201);
    assertThat(anyone.whoami(reissued.get("key")).get("user")).isEqualTo("alice");
    alice.get("api-keys/admin/keys").assertProblem(403, "not-administrator");
    anyone.get("api-keys/admin/keys").assertProblem(401, "not-logged-in");
    String held = "{\"keys\": [\"%s\"]}".formatted(reissued.get("key"));
    assertThat(anyone.json("POST", "api-keys/revoke", held).status()).isEqualTo(202);
    assertThat(anyone.whoami(reissued.get("key")).status()).isEqualTo(401);
    assertThat(admin.get("api-keys/admin/events?owner=alice&limit=1").text())
        .contains("\"action\":\"key.revoked\"", "\"actorType\":\"holder\"");
  }

  @Test
  void adminDisablesAndEnablesAnOwner() {
    String key = keyOf(alice).get("key");
    String path = DISABLED_OWNERS + "/alice";
    assertThat(admin.send("PUT", path, null).status()).isEqualTo(204);
    anyone.whoami(key).assertProblem(401, "invalid-key");
    assertThat(admin.send("DELETE", path, null).status()).isEqualTo(204);
    assertThat(anyone.whoami(key).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE"})
  void ownersAreDisabledByLoggedInAdminsOnly(String method) {
    String adminsKey = keyOf(admin).get("key");
    String bobsKey = keyOf(bob).get("key");
    String path = DISABLED_OWNERS + "/bob";
    assertThat(anyone.send(method, path, null).status()).isEqualTo(401);
    assertThat(anyone.call(method, path).bearer(adminsKey).send().status()).isEqualTo(401);
    assertThat(alice.send(method, path, null).status()).isEqualTo(403);
    for (String nobody : List.of("", "/", "/%0A", "/" + "x".repeat(256))) {
      assertThat(admin.send(method, DISABLED_OWNERS + nobody, null).status())
          .as(nobody)
          .isIn(400, 404);
    }
    assertThat(anyone.whoami(bobsKey).status()).isEqualTo(200);
  }
}
