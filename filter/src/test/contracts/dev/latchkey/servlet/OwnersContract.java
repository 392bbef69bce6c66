package dev.latchkey.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.auth.AuthResult;
import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.test.Answer;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The tables of Tomcat's {@code DataSourceRealm}, with the settings that docs/rights.md shows, over
 * a real database.
 */
abstract class OwnersContract {
  private static final String ROLES_QUERY =
      "SELECT user_name, role_name FROM user_roles WHERE user_name IN (?)";
  private static final String OWNER_QUERY = "SELECT user_name FROM users WHERE user_name IN (?)";

  private Map<String, String> database;

  /** Returns settings that lead to an empty database. */
  abstract Map<String, String> emptyDatabase();

  @BeforeEach
  void createTables() throws SQLException {
    database = emptyDatabase();
    update(
        "CREATE TABLE users (user_name VARCHAR(64) NOT NULL PRIMARY KEY, user_pass VARCHAR(255))");
    update(
        "CREATE TABLE user_roles (user_name VARCHAR(64) NOT NULL, role_name VARCHAR(64) NOT NULL,"
            + " PRIMARY KEY (user_name, role_name))");
    update("INSERT INTO users VALUES ('alice', ''), ('bob', '')");
    update("INSERT INTO user_roles VALUES ('alice', 'user')");
  }

  @AfterEach
  void dropTables() throws SQLException {
    update("DROP TABLE IF EXISTS users, user_roles, user_roles_away");
  }

  final Connection connect() throws SQLException {
    return DriverManager.getConnection(
        database.get("jdbcUrl"), database.get("jdbcUser"), database.get("jdbcPassword"));
  }

  private void update(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Map<String, String> settings(String ownerTtl) {
    Map<String, String> settings = new HashMap<>(database);
    settings.put("rolesQuery", ROLES_QUERY);
    settings.put("ownerQuery", OWNER_QUERY);
    settings.put("ownerTtl", ownerTtl);
    settings.put("maxKeysPerUser", "10");
    return settings;
  }

  final OwnersServer server(String ownerTtl) throws Exception {
    return new OwnersServer(settings(ownerTtl));
  }

  private static void assertRoles(Answer answer, String... roles) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().path("roles")).hasSize(roles.length);
    for (String role : roles) {
      assertThat(answer.json().path("roles").toString()).contains('"' + role + '"');
    }
  }

  /** Uses a key until the answer is another. */
  private static Answer until(OwnersServer server, IssuedKey key, int status, String text)
      throws Exception {
    Answer answer = server.use(key);
    while (answer.status() != status || !answer.text().contains(text)) {
      answer = server.use(key);
    }
    return answer;
  }

  @Test
  void rolesAndOwnersAreThoseOfTheTables() throws Exception {
    try (OwnersServer server = server("PT0.01S")) {
      IssuedKey alices = server.add("alice");
      IssuedKey bobs = server.add("bob");
      assertRoles(server.use(alices), "user");
      assertRoles(server.use(bobs));
      server.use(server.add("eve")).assertProblem(401, "invalid-key");
      server.use(server.add("Alice")).assertProblem(401, "invalid-key");
      update("INSERT INTO user_roles VALUES ('alice', 'admin')");
      assertRoles(until(server, alices, 200, "admin"), "user", "admin");
      update("DELETE FROM user_roles WHERE role_name = 'user'");
      assertRoles(until(server, alices, 200, "[\"admin\"]"), "admin");
      update("DELETE FROM users WHERE user_name = 'alice'");
      until(server, alices, 401, "").assertProblem(401, "invalid-key");
      update("INSERT INTO users VALUES ('alice', '')");
      assertRoles(until(server, alices, 200, ""), "admin");
    }
  }

  @Test
  void eventsOfOwnersCountAtOnce() throws Exception {
    try (OwnersServer server = server("PT1H")) {
      IssuedKey key = server.add("alice");
      assertRoles(server.use(key), "user");
      server.apiKeys().ownerDisabled("alice");
      server.use(key).assertProblem(401, "invalid-key");
      update("INSERT INTO user_roles VALUES ('alice', 'admin')");
      server.apiKeys().ownerEnabled("alice");
      assertRoles(server.use(key), "user", "admin");
      server.apiKeys().ownerDeleted("alice");
      server.use(key).assertProblem(401, "invalid-key");
      update("DELETE FROM user_roles");
      assertRoles(server.use(server.add("alice")));
    }
  }

  @Test
  void eventsOfOwnersCountOnOtherNodes() throws Exception {
    try (OwnersServer one = server("PT1H");
        OwnersServer other = server("PT1H")) {
      IssuedKey key = one.add("alice");
      assertRoles(other.use(key), "user");
      one.apiKeys().ownerDisabled("alice");
      until(other, key, 401, "invalid-key");
      update("INSERT INTO user_roles VALUES ('alice', 'admin')");
      one.apiKeys().ownerEnabled("alice");
      assertRoles(until(other, key, 200, ""), "user", "admin");
    }
  }

  @Test
  void serviceIsInNeitherTable() throws Exception {
    try (OwnersServer one = server("PT1H");
        OwnersServer other = server("PT1H")) {
      IssuedKey key = one.add("svc-nightly");
      one.use(key).assertProblem(401, "invalid-key");
      other.use(key).assertProblem(401, "invalid-key");
      one.apiKeys().addServiceOwner("svc-nightly");
      assertRoles(one.use(key));
      until(other, key, 200, "");
      one.apiKeys().removeServiceOwner("svc-nightly");
      one.use(key).assertProblem(401, "invalid-key");
      until(other, key, 401, "");
      one.apiKeys().addServiceOwner("svc-nightly");
      assertRoles(one.use(key));
      one.apiKeys().ownerDeleted("svc-nightly");
      one.use(key).assertProblem(401, "invalid-key");
      one.use(one.add("svc-nightly")).assertProblem(401, "invalid-key");
    }
  }

  /** The keys are there, and the application's table is not. */
  @Test
  void noAnswerOfTheTablesIsNeverNo() throws Exception {
    try (OwnersServer server = server("PT0.01S")) {
      IssuedKey cached = server.add("alice");
      IssuedKey cold = server.add("bob");
      assertRoles(server.use(cached), "user");
      update("ALTER TABLE user_roles RENAME TO user_roles_away");
      until(server, cold, 503, "").assertProblem(503, "store-unavailable");
      for (int i = 0; i < 20; i++) {
        assertRoles(server.use(cached), "user");
        server.use(cold).assertProblem(503, "store-unavailable");
      }
      update("INSERT INTO user_roles_away VALUES ('alice', 'admin')");
      update("ALTER TABLE user_roles_away RENAME TO user_roles");
      until(server, cold, 200, "");
      assertRoles(until(server, cached, 200, "admin"), "user", "admin");
    }
  }

  @Test
  void inCodeThePrincipalHasTheRoles() {
    ApiKeysConfig.Builder config = ApiKeysConfig.builder();
    settings("PT1M").forEach(config::set);
    try (ApiKeys apiKeys = ApiKeys.open(config.build())) {
      IssuedKey key = apiKeys.service().add(KeyOwner.of("alice"), KeyRequest.create());
      AuthResult result = apiKeys.authenticate(key.secret().reveal());
      assertThat(result.principal().orElseThrow().roles()).isEqualTo(Set.of("user"));
      IssuedKey eves = apiKeys.service().add(KeyOwner.of("eve"), KeyRequest.create());
      assertThat(apiKeys.authenticate(eves.secret().reveal()).status())
          .isEqualTo(AuthResult.Status.INVALID);
    }
  }

  @Test
  void queryThatTheDatabaseRejectsStopsTheStart() throws Exception {
    for (String name : new String[] {"rolesQuery", "ownerQuery"}) {
      for (String startWithoutStore : new String[] {"true", "false"}) {
        ApiKeysConfig.Builder config = ApiKeysConfig.builder();
        settings("PT1M").forEach(config::set);
        config.set(name, "SELECT a, b FROM no_such_table WHERE a IN (?)");
        config.set("startWithoutStore", startWithoutStore);
        assertThatThrownBy(() -> ApiKeys.open(config.build()).close())
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith(name + ": ");
      }
    }
    ApiKeysConfig.Builder config = ApiKeysConfig.builder();
    settings("PT1M").forEach(config::set);
    config.rolesQuery(OWNER_QUERY);
    assertThatThrownBy(() -> ApiKeys.open(config.build()).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("rolesQuery", "second column");
  }

  /** An outage is none of the queries' faults. */
  @Test
  void startWithoutStoreIsPossibleWithQueries() {
    ApiKeysConfig.Builder config = ApiKeysConfig.builder();
    settings("PT1M").forEach(config::set);
    config
        .jdbcUrl("jdbc:mariadb://127.0.0.1:1/shop")
        .startWithoutStore(true)
        .lookupTimeout(Duration.ofMillis(300));
    try (ApiKeys apiKeys = ApiKeys.open(config.build())) {
      String key = new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom()).newKey().reveal();
      assertThat(apiKeys.authenticate(key).status()).isEqualTo(AuthResult.Status.UNAVAILABLE);
    }
  }
}
