package dev.latchkey.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.KeySnapshot;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.OwnerQuery;
import dev.latchkey.internal.store.StoredKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The application's tables of owners, and our own, on whatever database. */
abstract class OwnerTablesContract {
  private static final OwnerQuery ROLES =
      OwnerQuery.of("SELECT user_name, role_name FROM user_roles WHERE user_name IN (?)");
  private static final OwnerQuery OWNERS =
      OwnerQuery.of("SELECT user_name FROM user_roles WHERE user_name IN (?)");

  private JdbcSettings settings;
  private HikariDataSource pool;

  /** Where a database is that is empty at first. */
  abstract JdbcSettings emptyDatabase();

  /** The type of a column that finds {@code alice} for {@code Alice}. */
  abstract String caseInsensitive();

  @BeforeEach
  void connect() {
    settings = emptyDatabase();
    pool = JdbcApiKeyStoreContract.pool(settings);
  }

  @AfterEach
  void disconnect() {
    pool.close();
  }

  private void update(String sql, Object... values) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      JdbcApiKeyStoreContract.session(connection).update(sql, values);
    }
  }

  private void createTable(String type) throws SQLException {
    update("CREATE TABLE user_roles (user_name %s, role_name %s)".formatted(type, type));
  }

  private void add(String user, String role) throws SQLException {
    update("INSERT INTO user_roles VALUES (?, ?)", user, role);
  }

  private ApiKeyStore open() {
    return JdbcStores.open(settings);
  }

  @Test
  void rolesAreThoseOfTheOwnersAskedFor() throws Exception {
    createTable("VARCHAR(64)");
    add("alice", "user");
    add("alice", "user"); // there is no constraint
    add("alice", "admin");
    add("bob", null);
    add(null, "admin");
    add("eve", "admin");
    try (ApiKeyStore store = open()) {
      List<String> asked = List.of("alice", "bob", "stranger");
      assertThat(store.findRoles(ROLES, asked))
          .isEqualTo(Map.of("alice", Set.of("user", "admin"), "bob", Set.of()));
      assertThat(store.findOwners(OWNERS, asked)).containsExactlyInAnyOrder("alice", "bob");
      assertThat(store.findRoles(ROLES, List.of())).isEmpty();
    }
  }

  /** Whatever the query finds: here everybody. */
  @Test
  void rowsOfOthersCountForNobody() throws Exception {
    createTable("VARCHAR(64)");
    add("eve", "admin");
    add("alice", "user");
    try (ApiKeyStore store = open()) {
      OwnerQuery all =
          OwnerQuery.of(
              "SELECT user_name, role_name FROM user_roles WHERE 1 = 1 OR user_name IN (?)");
      assertThat(store.findRoles(all, List.of("alice"))).isEqualTo(Map.of("alice", Set.of("user")));
      assertThat(store.findOwners(all, List.of("bob"))).isEmpty();
    }
  }

  @Test
  void ownersCompareAsBytes() throws Exception {
    createTable(caseInsensitive());
    add("alice", "admin");
    try (ApiKeyStore store = open()) {
      for (String other : List.of("Alice", "ALICE", "alice ", " alice", "al\u0131ce", "àlice")) {
        assertThat(store.findRoles(ROLES, List.of(other))).as("'%s'", other).isEmpty();
        assertThat(store.findOwners(OWNERS, List.of(other))).as("'%s'", other).isEmpty();
        assertThat(store.findOwners(OWNERS, List.of(other, "alice"))).containsExactly("alice");
      }
      add("Alice", "user");
      assertThat(store.findRoles(ROLES, List.of("Alice", "alice")))
          .isEqualTo(Map.of("Alice", Set.of("user"), "alice", Set.of("admin")));
    }
  }

  @Test
  void blanksThatPadAreNoPartOfAName() throws Exception {
    createTable("CHAR(20)");
    add("alice", "admin");
    try (ApiKeyStore store = open()) {
      assertThat(store.findRoles(ROLES, List.of("alice", "alice ")))
          .isEqualTo(Map.of("alice", Set.of("admin")));
      assertThat(store.findOwners(OWNERS, List.of("alice "))).isEmpty();
    }
  }

  @Test
  void asManyOwnersAsFitAndThousandsOfRoles() throws Exception {
    createTable("VARCHAR(64)");
    List<String> owners = IntStream.range(0, 512).mapToObj(i -> "user" + i).toList();
    Set<String> roles =
        IntStream.range(0, 3_000).mapToObj(i -> "role" + i).collect(Collectors.toSet());
    try (Connection connection = pool.getConnection()) {
      Session session = JdbcApiKeyStoreContract.session(connection);
      String insert = "INSERT INTO user_roles VALUES (?, ?)";
      session.updateEach(insert, owners.stream().map(o -> new Object[] {o, "user"}).toList());
      session.updateEach(insert, roles.stream().map(r -> new Object[] {"user7", r}).toList());
    }
    try (ApiKeyStore store = open()) {
      for (int count : new int[] {1, 2, 3, 511, 512}) {
        assertThat(store.findOwners(OWNERS, owners.subList(0, count))).hasSize(count);
      }
      assertThat(store.findRoles(ROLES, owners).get("user7")).containsAll(roles).hasSize(3_001);
    }
  }

  @Test
  void literalsAndCommentsStayAsTheyAre() throws Exception {
    createTable("VARCHAR(64)");
    add("alice", "what?");
    try (ApiKeyStore store = open()) {
      OwnerQuery query =
          OwnerQuery.of(
              """
              -- who is it? IN (?)
              SELECT user_name, role_name /* and what? */ FROM user_roles
              WHERE role_name = 'what?' AND (user_name in ( ? )) -- not "?"
              """);
      assertThat(store.findRoles(query, List.of("alice", "bob", "eve")))
          .isEqualTo(Map.of("alice", Set.of("what?")));
    }
  }

  @Test
  void queryThatTheDatabaseRejectsIsWrong() throws Exception {
    createTable("VARCHAR(64)");
    try (ApiKeyStore store = open()) {
      for (String wrong :
          List.of(
              "SELECT user_name, role_name FROM no_such_table WHERE user_name IN (?)",
              "SELECT user_name, no_such_column FROM user_roles WHERE user_name IN (?)",
              "SELECT user_name, FROM user_roles WHERE user_name IN (?)")) {
        assertThatThrownBy(() -> store.findRoles(OwnerQuery.of(wrong), List.of("alice")))
            .as(wrong)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("rejects");
      }
      assertThatThrownBy(() -> store.findRoles(OWNERS, List.of("alice")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("second column");
    }
  }

  private void migrate(String version) throws SQLException {
    String location;
    try (Connection connection = pool.getConnection()) {
      location = Vendor.of(connection).schemaLocation();
    }
    Flyway.configure()
        .dataSource(pool)
        .locations("classpath:" + location)
        .table(Schema.HISTORY_TABLE)
        .target(version)
        .load()
        .migrate();
  }

  private void insert(StoredKey key) throws SQLException {
    update(
        OldSql.INSERT_BEFORE_SCOPES,
        key.hash().toBytes(),
        key.tag(),
        key.owner(),
        key.hint(),
        key.description(),
        key.createdAt(),
        key.expiresAt(),
        1);
  }

  private static KeySnapshot find(ApiKeyStore store, StoredKey key) {
    return Keys.find(store, key.hash()).orElseThrow();
  }

  @Test
  void ownersOfVersion4AreNoServices() throws Exception {
    migrate("4");
    StoredKey enabled = Keys.of("alice");
    StoredKey disabled = Keys.of("bob");
    insert(enabled);
    insert(disabled);
    update("INSERT INTO latchkey_owner (owner, disabled_at) VALUES ('bob', ?)", Keys.NOW);
    assertThatThrownBy(() -> JdbcStores.open(JdbcApiKeyStoreContract.settings(pool, false)).close())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("schemaMigration=apply");
    try (ApiKeyStore store = open()) {
      for (StoredKey key : List.of(enabled, disabled)) {
        assertThat(find(store, key).ownerIsService()).isFalse();
        assertThat(find(store, key).ownerDisabled()).isEqualTo(key == disabled);
        assertThat(store.addServiceOwner(key.owner())).containsExactly(key.hash());
        assertThat(find(store, key).ownerIsService()).isTrue();
        assertThat(find(store, key).ownerDisabled()).isEqualTo(key == disabled);
      }
    }
  }

  /** The statements of a node whose newest schema version is 4, beside one of this version. */
  @Test
  void nodesOfTheVersionBeforeWorkOn() throws Exception {
    try (ApiKeyStore store = open()) {
      update("INSERT INTO latchkey_owner (owner) VALUES (?)", "alice");
      StoredKey key = Keys.of("alice");
      insert(key);
      assertThat(find(store, key).ownerIsService()).isFalse();
      store.addServiceOwner("alice");
      update("UPDATE latchkey_owner SET disabled_at = ? WHERE owner = ?", Keys.NOW, "alice");
      assertThat(find(store, key).ownerDisabled()).isTrue();
      assertThat(find(store, key).ownerIsService()).as("kept").isTrue();
      update("DELETE FROM latchkey_owner WHERE owner = ?", "alice");
      assertThat(find(store, key).ownerIsService()).isFalse();
      try (Connection connection = pool.getConnection()) {
        Session session = JdbcApiKeyStoreContract.session(connection);
        assertThat(
                session.select(
                    """
                    SELECT key_hash, tag, k.owner, hint, description, created_at, expires_at,
                      deleted_at, last_used_at, last_used_from, changed_at, disabled_at
                    FROM latchkey_key k LEFT JOIN latchkey_owner o ON o.owner = k.owner
                    WHERE (slot < 0 OR slot > 0 AND deleted_at IS NULL) AND key_hash IN (?)""",
                    KeyRow::hash,
                    key.hash().toBytes()))
            .containsExactly(key.hash());
        assertThat(
                session.select(
                    "SELECT owner, disabled_at FROM latchkey_owner WHERE 1 = 0", KeyRow::hash))
            .as("what it reads at start")
            .isEmpty();
      }
    }
  }
}
