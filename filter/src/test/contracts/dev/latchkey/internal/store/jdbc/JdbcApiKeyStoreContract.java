package dev.latchkey.internal.store.jdbc;

import static dev.latchkey.internal.store.Keys.BY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.key.KeyHasher;
import dev.latchkey.internal.key.KeyParser;
import dev.latchkey.internal.manage.Aftermath;
import dev.latchkey.internal.manage.EventLists;
import dev.latchkey.internal.manage.KeyChanges;
import dev.latchkey.internal.manage.KeyLimits;
import dev.latchkey.internal.manage.Revocations;
import dev.latchkey.internal.manage.ScopeGrants;
import dev.latchkey.internal.manage.StoreApiKeyService;
import dev.latchkey.internal.scope.Scopes;
import dev.latchkey.internal.store.AdministrationStoreContract;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.ApiKeyStoreContract;
import dev.latchkey.internal.store.Changed;
import dev.latchkey.internal.store.KeyEdit;
import dev.latchkey.internal.store.KeySnapshot;
import dev.latchkey.internal.store.KeyUse;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.OwnerQuery;
import dev.latchkey.internal.store.RecentUse;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.manage.KeyOperationException;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeySecret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link JdbcApiKeyStore} does besides, on whatever database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JdbcApiKeyStoreContract extends ApiKeyStoreContract {
  private final TimeZone timeZone = TimeZone.getDefault();
  private ApiKeyStore store;
  private HikariDataSource direct;

  /** How to reach a database that is empty at first. */
  abstract JdbcSettings emptyDatabase();

  /** Moves a session's time zone 14 hours ahead of UTC, or nearly so. */
  abstract String farEast();

  /** Where the tables are; null if in the default schema. */
  String tableSchema() {
    return null;
  }

  /** Opens a store on such a database. */
  void open(JdbcSettings settings) {
    direct = new HikariDataSource();
    direct.setJdbcUrl(settings.jdbcUrl());
    direct.setUsername(settings.jdbcUser());
    direct.setPassword(settings.jdbcPassword());
    direct.setSchema(settings.tableSchema());
    store = JdbcStores.open(settings);
  }

  static JdbcSettings settings(String url, String user, String password) {
    return new JdbcSettings(
        null,
        null,
        url,
        user,
        password,
        null,
        16, // so that many race
        Duration.ofSeconds(10),
        true,
        false,
        null);
  }

  static JdbcSettings settings(DataSource dataSource, boolean migrateSchema) {
    return new JdbcSettings(
        dataSource,
        null,
        null,
        null,
        null,
        null,
        1,
        Duration.ofSeconds(10),
        migrateSchema,
        false,
        null);
  }

  static JdbcSettings inSchema(JdbcSettings settings, String tableSchema) {
    return new JdbcSettings(
        settings.dataSource(),
        null,
        settings.jdbcUrl(),
        settings.jdbcUser(),
        settings.jdbcPassword(),
        null,
        settings.jdbcPoolSize(),
        settings.jdbcTimeout(),
        settings.migrateSchema(),
        false,
        tableSchema);
  }

  static HikariDataSource pool(JdbcSettings settings) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(settings.jdbcUrl());
    pool.setUsername(settings.jdbcUser());
    pool.setPassword(settings.jdbcPassword());
    pool.setMaximumPoolSize(2);
    return pool;
  }

  @AfterAll
  void close() {
    store.close();
    direct.close();
  }

  @AfterEach
  void resetTimeZone() {
    TimeZone.setDefault(timeZone);
  }

  @Override
  protected ApiKeyStore store() {
    return store;
  }

  private <T> T query(String sql, Class<T> type, Object... values) throws SQLException {
    try (Connection connection = direct.getConnection()) {
      return session(connection).select(sql, row -> row.getObject(1, type), values).get(0);
    }
  }

  static Session session(Connection connection) {
    return new Session(connection, Duration.ofSeconds(20), new Statements(null));
  }

  private LocalDateTime changedAt(StoredKey key) throws SQLException {
    return query(
        "SELECT changed_at FROM latchkey_key WHERE key_hash = ?",
        LocalDateTime.class,
        key.hash().toBytes());
  }

  @Test
  void everyChangeThatMattersToACacheIsDated() throws Exception {
    StoredKey key = Keys.of(someone());
    store.add(key, 1, false, BY);
    LocalDateTime added = changedAt(key);
    store.recordUses(List.of(new KeyUse(key.hash(), Keys.NOW, "192.0.2.1")));
    assertThat(changedAt(key)).isEqualTo(added);
    store.edit(key.owner(), key.tag(), new KeyEdit("words", null), Keys.NOW, BY);
    LocalDateTime edited = changedAt(key);
    assertThat(edited).isAfter(added);
    store.edit(key.owner(), key.tag(), new KeyEdit(null, Keys.LATER.plusSeconds(9)), Keys.NOW, BY);
    LocalDateTime editedAgain = changedAt(key);
    assertThat(editedAgain).isAfter(edited);
    store.reissue(key.tag(), Keys.of(key.owner()), Keys.LATER, BY);
    LocalDateTime replaced = changedAt(key);
    assertThat(replaced).isAfter(editedAgain);
    store.delete(key.owner(), key.tag(), BY);
    assertThat(changedAt(key)).isAfter(replaced);
  }

  @Test
  void aDeletedKeyLeavesATombstone() throws Exception {
    StoredKey key = Keys.of(someone());
    store.add(key, 1, false, BY);
    store.delete(key.owner(), key.tag(), BY);
    assertThat(
            query(
                "SELECT COUNT(*) FROM latchkey_key"
                    + " WHERE key_hash = ? AND slot IS NULL AND deleted_at = changed_at",
                Long.class,
                key.hash().toBytes()))
        .isOne();
  }

  @Test
  void theDatabasesClockIsReadInUtcWhateverTheTimeZones() throws Exception {
    TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati")); // 14 hours ahead
    HikariDataSource pool = pool(emptyDatabase());
    pool.setConnectionInitSql(farEast());
    try (pool;
        ApiKeyStore abroad = JdbcStores.open(settings(pool, true))) {
      StoredKey key = Keys.of(someone());
      abroad.add(key, 1, false, BY);
      assertThat(Keys.find(abroad, key.hash()).orElseThrow().key()).isEqualTo(key);
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT changed_at FROM latchkey_key")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getObject(1, LocalDateTime.class))
            .isBetween(
                LocalDateTime.now(java.time.ZoneOffset.UTC).minusHours(1),
                LocalDateTime.now(java.time.ZoneOffset.UTC).plusHours(1));
      }
    }
  }

  @Test
  void noColumnHoldsASecret() throws Exception {
    KeySecret secret = Keys.secret();
    StoredKey key =
        StoredKey.fresh(
            new dev.latchkey.internal.key.KeyHasher().hash(secret),
            "tag-" + secret.hint().substring(4),
            someone(),
            secret.hint(),
            "",
            Keys.NOW,
            Keys.LATER);
    store.add(key, 1, false, BY);
    try (Connection connection = direct.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT * FROM latchkey_key WHERE key_hash = ?")) {
      statement.setBytes(1, key.hash().toBytes());
      ResultSet row = statement.executeQuery();
      assertThat(row.next()).isTrue();
      String middle = secret.reveal().substring(3, 40);
      for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
        Object value = row.getObject(column);
        assertThat(
                value instanceof byte[] bytes
                    ? new String(bytes, StandardCharsets.ISO_8859_1)
                    : String.valueOf(value))
            .doesNotContain(middle);
      }
    }
  }

  @Test
  void theApplicationsDataSourceIsUsedAndLeftOpen() throws Exception {
    try (HikariDataSource pool = pool(emptyDatabase())) {
      pool.setAutoCommit(false);
      StoredKey key = Keys.of(someone());
      try (ApiKeyStore own = JdbcStores.open(settings(pool, true))) {
        assertThat(own.add(key, 1, false, BY).isEmpty()).isFalse();
      }
      assertThat(pool.isClosed()).isFalse();
      try (ApiKeyStore again = JdbcStores.open(settings(pool, false))) {
        assertThat(Keys.find(again, key.hash()).orElseThrow().key())
            .isEqualTo(key); // it was committed
      }
    }
  }

  @Test
  void ourSchemaLivesBesideTheApplicationsOwn() throws Exception {
    try (HikariDataSource pool = pool(emptyDatabase())) {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE orders (id INT PRIMARY KEY)");
        statement.execute("CREATE TABLE flyway_schema_history (mine INT)");
      }
      for (int start = 0; start < 2; start++) {
        try (ApiKeyStore own = JdbcStores.open(settings(pool, true))) {
          assertThat(own.findByOwner(someone())).isEmpty();
        }
      }
    }
  }

  private static String place(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return connection.getCatalog() + "." + connection.getSchema();
    }
  }

  /** Which is taken by its letters, and made if it is not there. */
  @Test
  void tablesMayLiveInASchemaOfTheirOwn() throws Exception {
    String schema = "Keys_" + UUID.randomUUID().toString().substring(0, 8);
    try (HikariDataSource pool = pool(emptyDatabase())) {
      String place = place(pool);
      assertThatThrownBy(() -> JdbcStores.open(inSchema(settings(pool, false), schema)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("latchkey_key")
          .hasMessageContaining("schemaMigration=apply");
      for (boolean migrate : new boolean[] {true, true, false}) {
        try (ApiKeyStore own = JdbcStores.open(inSchema(settings(pool, migrate), schema))) {
          StoredKey key = Keys.of("alice");
          assertThat(own.add(key, 1, false, BY).isEmpty()).isFalse();
          assertThat(Keys.find(own, key.hash())).isPresent();
          assertThat(own.deleteOwner("alice", BY).hashes()).contains(key.hash());
          assertThat(own.findOwners(OwnerQuery.of(ownTable(pool)), List.of("alice")))
              .as("the application's tables are in the connection's own schema")
              .containsExactly("alice");
        }
      }
      assertThat(place(pool)).isEqualTo(place);
      assertThatThrownBy(() -> JdbcStores.open(settings(pool, false)))
          .isInstanceOf(StoreException.class);
    }
  }

  /** Makes a table of the application's with a name like ours; returns a query of it. */
  private static String ownTable(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS latchkey_users (name VARCHAR(20))");
      statement.execute("INSERT INTO latchkey_users VALUES ('alice')");
    }
    return "SELECT name FROM latchkey_users WHERE name IN (?)";
  }

  @Test
  void nodesMayStartAtOnceOnAnEmptyDatabase() throws Exception {
    for (int round = 0; round < 3; round++) {
      try (HikariDataSource pool = pool(emptyDatabase())) {
        pool.setMaximumPoolSize(20);
        List<ApiKeyStore> stores = race(() -> JdbcStores.open(settings(pool, true)));
        assertThat(stores).allSatisfy(node -> assertThat(node.findByOwner(someone())).isEmpty());
      }
    }
  }

  /** Though Flyway takes two connections at once. */
  @Test
  void aPoolOfOneWillDo() {
    JdbcSettings empty = emptyDatabase();
    JdbcSettings small =
        new JdbcSettings(
            null,
            null,
            empty.jdbcUrl(),
            empty.jdbcUser(),
            empty.jdbcPassword(),
            null,
            1,
            Duration.ofSeconds(1),
            true,
            false,
            null);
    StoredKey key = Keys.of(someone());
    try (ApiKeyStore own = JdbcStores.open(small)) {
      assertThat(own.add(key, 1, false, BY).isEmpty()).isFalse();
      assertThat(Keys.find(own, key.hash())).isPresent();
      assertThat(own.deleteOwner(key.owner(), BY).hashes()).containsExactly(key.hash());
    }
  }

  @Test
  void withoutMigrationAMissingTableIsSaidSo() {
    try (HikariDataSource pool = pool(emptyDatabase())) {
      assertThatThrownBy(() -> JdbcStores.open(settings(pool, false)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("latchkey_key")
          .hasMessageContaining("schemaMigration=apply");
    }
  }

  @Test
  void whenTheDatabaseCannotAnswerItSaysSo() {
    HikariDataSource pool = pool(emptyDatabase());
    ApiKeyStore own = JdbcStores.open(settings(pool, true));
    pool.close();
    StoredKey key = Keys.of(someone());
    assertThatThrownBy(() -> Keys.find(own, key.hash())).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> own.add(key, 1, false, BY)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> own.delete(key.owner(), key.tag(), BY))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> own.purge(Duration.ofDays(1))).isInstanceOf(StoreException.class);
  }

  private int update(String sql, Object... values) throws SQLException {
    try (Connection connection = direct.getConnection()) {
      return session(connection).update(sql, values);
    }
  }

  /** Whatever a node's clock says. */
  @Test
  void thePurgeGoesByTheDatabasesClockAndTheSlot() throws Exception {
    List<StoredKey> keys = new ArrayList<>();
    for (int day = 0; day < 2; day++) {
      StoredKey key = Keys.of(someone());
      store.add(key, 1, false, BY);
      store.delete(key.owner(), key.tag(), BY);
      keys.add(key);
      update(
          "UPDATE latchkey_key SET deleted_at = ? WHERE key_hash = ?",
          store.now().minus(Duration.ofDays(29 + 2L * day)),
          key.hash().toBytes());
    }
    StoredKey retired = Keys.of(someone());
    store.add(retired, 1, false, BY);
    store.reissue(
        retired.tag(), Keys.of(retired.owner()), store.now().minus(Duration.ofDays(99)), BY);
    assertThat(store.purge(Duration.ofDays(30))).isOne();
    String count = "SELECT COUNT(*) FROM latchkey_key WHERE key_hash = ?";
    assertThat(query(count, Long.class, keys.get(0).hash().toBytes())).isOne();
    assertThat(query(count, Long.class, keys.get(1).hash().toBytes())).isZero();
    assertThat(Keys.find(store, retired.hash())).isPresent();
  }

  @Test
  void thePurgeTakesPortionByPortion() throws Exception {
    String owner = someone();
    for (int i = 0; i < 3; i++) {
      List<Object[]> dead = new ArrayList<>();
      for (int j = 0; j < 400; j++) {
        StoredKey key = Keys.of(owner);
        dead.add(
            new Object[] {
              key.hash().toBytes(),
              key.tag(),
              owner,
              "h",
              "",
              Keys.NOW,
              Keys.NOW,
              Keys.NOW,
              Keys.NOW
            });
      }
      try (Connection connection = direct.getConnection()) {
        session(connection)
            .updateEach(
                "INSERT INTO latchkey_key (key_hash, tag, owner, hint, description, created_at,"
                    + " expires_at, deleted_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                dead);
      }
      update(
          "UPDATE latchkey_key SET deleted_at = ? WHERE owner = ? AND deleted_at = ?",
          store.now().minus(Duration.ofDays(90 + i)),
          owner,
          Keys.NOW);
    }
    assertThat(store.purge(Duration.ofDays(80))).isEqualTo(1_200);
  }

  /** Makes the row of a key one that cannot be read. */
  abstract void spoil(Connection connection, StoredKey key) throws SQLException;

  @Test
  void aRowThatCannotBeReadFailsAlone() throws Exception {
    String owner = someone();
    StoredKey spoilt = Keys.of(owner);
    StoredKey beside = Keys.of(owner);
    StoredKey other = Keys.of(someone());
    store.add(spoilt, 2, false, BY);
    store.add(beside, 2, false, BY);
    store.add(other, 1, false, BY);
    try (Connection connection = direct.getConnection()) {
      spoil(connection, spoilt);
    }
    List<String> warnings;
    try (WarningsOf log = new WarningsOf(UnreadableRows.class)) {
      for (int twice = 0; twice < 2; twice++) {
        Map<KeyHash, KeySnapshot> found =
            store.findByHashes(List.of(spoilt.hash(), beside.hash(), other.hash()));
        assertThat(found.get(spoilt.hash()).readable()).isFalse();
        assertThat(found.get(spoilt.hash()).ownerDisabled()).isTrue(); // if nobody asks that
        assertThat(found.get(beside.hash()).key()).isEqualTo(beside);
        assertThat(found.get(other.hash()).readable()).isTrue();
        assertThat(store.findByOwner(owner)).containsExactly(beside);
        assertThat(store.find(owner, spoilt.tag())).isEmpty();
      }
      warnings = log.messages();
    }
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("Latchkey: ")
        .contains(spoilt.tag())
        .contains("column expires_at");
    assertThat(store.delete(owner, spoilt.tag(), BY).hashes()).containsExactly(spoilt.hash());
    assertThat(Keys.find(store, spoilt.hash())).isEmpty();
  }

  /** So that an owner gets rid of it, whose list does not show it. */
  @Test
  void aRowThatCannotBeReadCanBeRevokedByItsHashAndDeletedByItsTag() throws Exception {
    List<KeyHash> evicted = new ArrayList<>();
    Revocations revocations = new Revocations(store, Clock.systemUTC(), aftermath(evicted::add));
    StoredKey revoked = spoilt();
    assertThat(revocations.revoke(revoked.hash(), "key", BY)).isTrue();
    assertThat(revocations.revoke(revoked.hash(), "key", BY)).isFalse();
    assertThat(evicted).contains(revoked.hash());
    assertThat(store.add(Keys.of(revoked.owner()), 1, false, BY).isEmpty()).isFalse();

    StoredKey deleted = spoilt();
    KeyOwner login = KeyOwner.of(deleted.owner());
    StoreApiKeyService service = service(evicted::add);
    assertThatThrownBy(() -> service.get(login, deleted.tag()))
        .isInstanceOf(KeyOperationException.class);
    service.delete(login, deleted.tag());
    assertThat(evicted).contains(deleted.hash());
    assertThat(store.add(Keys.of(deleted.owner()), 1, false, BY).isEmpty()).isFalse();
    assertThatThrownBy(() -> service.delete(login, deleted.tag()))
        .isInstanceOf(KeyOperationException.class);
  }

  private StoredKey spoilt() throws SQLException {
    StoredKey key = Keys.of(someone());
    assertThat(store.add(key, 1, false, BY).isEmpty()).isFalse();
    try (Connection connection = direct.getConnection()) {
      spoil(connection, key);
    }
    return key;
  }

  private StoreApiKeyService service(Consumer<KeyHash> evict) {
    KeyHasher hasher = new KeyHasher();
    KeyChanges keys =
        new KeyChanges(
            store,
            new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom()),
            hasher,
            new KeyParser(KeyFormat.DEFAULT, hasher),
            KeyLimits.DEFAULT,
            new ScopeGrants(Scopes.of(List.of(), List.of(), List.of()), name -> Set.of()),
            Clock.systemUTC(),
            aftermath(evict));
    return new StoreApiKeyService(keys, new EventLists(store.administration()));
  }

  private static Aftermath aftermath(Consumer<KeyHash> evict) {
    return new Aftermath(evict, owner -> {}, event -> {});
  }

  /** On a database of its own, since administrators see all keys. */
  @Nested
  class Administration extends AdministrationStoreContract {
    private JdbcSettings first;

    @Override
    protected ApiKeyStore emptyStore() {
      JdbcSettings settings = inSchema(emptyDatabase(), tableSchema());
      first = first == null ? settings : first;
      return JdbcStores.open(settings);
    }

    @Override
    protected void spoil(StoredKey key) throws SQLException {
      try (Connection connection =
          DriverManager.getConnection(first.jdbcUrl(), first.jdbcUser(), first.jdbcPassword())) {
        if (tableSchema() != null) {
          connection.setSchema(tableSchema());
        }
        JdbcApiKeyStoreContract.this.spoil(connection, key);
      }
    }
  }

  /** As by somebody who forgot its slot. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "deleted_at = created_at",
        "deleted_at = expires_at",
        "slot = 0, deleted_at = created_at"
      })
  void aRowThatIsDatedAsDeletedByHandIsGone(String change) throws Exception {
    StoredKey key = Keys.of(someone());
    StoredKey old = Keys.of(key.owner());
    store.add(old, 1, false, BY);
    store.reissue(old.tag(), key, Keys.LATER, BY);
    store.recordUses(List.of(new KeyUse(key.hash(), Keys.LATER.plusSeconds(99), "192.0.2.1")));
    update("UPDATE latchkey_key SET " + change + " WHERE key_hash = ?", key.hash().toBytes());
    assertThat(Keys.find(store, key.hash())).isEmpty();
    assertThat(store.find(key.owner(), key.tag())).isEmpty();
    assertThat(store.findByOwner(key.owner())).isEmpty();
    assertThat(store.recentUses(RecentUse.before(Keys.LATER.plusSeconds(999)), 99))
        .extracting(RecentUse::hash)
        .doesNotContain(key.hash());
    assertThat(
            !store.edit(key.owner(), key.tag(), new KeyEdit("words", null), Keys.NOW, BY).isEmpty())
        .isFalse();
    assertThat(store.reissue(key.tag(), Keys.of(key.owner()), Keys.LATER, BY).hashes()).isEmpty();
    StoredKey next = Keys.of(key.owner());
    assertThat(store.add(next, 1, false, BY).isEmpty()).isFalse();
    assertThat(!store.add(Keys.of(key.owner()), 1, false, BY).isEmpty()).isFalse();
    assertThat(store.reissue(next.tag(), Keys.of(key.owner()), Keys.LATER, BY).hashes())
        .contains(next.hash());
  }

  @Test
  void itCanBeDeletedAndIsPurgedAsOthersAre() throws Exception {
    String byHand = "UPDATE latchkey_key SET deleted_at = ? WHERE key_hash = ?";
    StoredKey deleted = Keys.of(someone());
    store.add(deleted, 1, false, BY);
    update(byHand, store.now(), deleted.hash().toBytes());
    assertThat(store.delete(deleted.owner(), deleted.tag(), BY).hashes())
        .containsExactly(deleted.hash());
    assertThat(store.delete(deleted.owner(), deleted.tag(), BY).hashes()).isEmpty();
    StoredKey purged = Keys.of(someone());
    store.add(purged, 1, false, BY);
    update(byHand, store.now().minus(Duration.ofDays(70)), purged.hash().toBytes());
    assertThat(store.purge(Duration.ofDays(69))).isOne();
  }

  /** It takes two steps, and the first is done then. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void outcomeIsUnknownIfOnlyHalfOfAnOwnersChangeIsMade(boolean disabled) throws Exception {
    try (HikariDataSource pool = pool(emptyDatabase())) {
      AtomicInteger commits = new AtomicInteger(Integer.MIN_VALUE);
      WatchedDataSource watched =
          new WatchedDataSource(pool)
              .before(
                  "commit",
                  connection -> {
                    if (commits.incrementAndGet() > 1) {
                      throw new SQLException("no", "42000");
                    }
                  });
      try (ApiKeyStore own = JdbcStores.open(settings(watched, true))) {
        StoredKey key = Keys.of("alice");
        own.add(key, 1, false, BY);
        own.setOwnerDisabled("alice", !disabled, BY);
        commits.set(0);
        Changed changed = own.setOwnerDisabled("alice", disabled, BY);
        assertThat(changed.events()).hasSize(1);
        StoreException failure = changed.unfinished();
        assertThat(failure).hasMessage("could not mark the owner's keys as changed");
        assertThat(failure.isOutcomeUnknown()).isTrue();
        assertThat(Keys.find(own, key.hash()).orElseThrow().ownerDisabled()).isEqualTo(disabled);
      }
    }
  }

  /** The tables as they were before there was a row for each owner. */
  @Test
  void ownersWhoWereDisabledStaySo() throws Exception {
    try (HikariDataSource pool = pool(emptyDatabase())) {
      migrate(pool, "3");
      StoredKey disabled = Keys.of("alice");
      StoredKey enabled = Keys.of("bob");
      try (Connection connection = pool.getConnection()) {
        for (StoredKey key : List.of(disabled, enabled)) {
          session(connection)
              .update(
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
        session(connection)
            .update("INSERT INTO latchkey_disabled_owner VALUES ('alice', ?)", Keys.NOW);
      }
      try (ApiKeyStore own = JdbcStores.open(settings(pool, true))) {
        assertThat(Keys.find(own, disabled.hash()).orElseThrow().ownerDisabled()).isTrue();
        assertThat(Keys.find(own, enabled.hash()).orElseThrow().ownerDisabled()).isFalse();
        own.setOwnerDisabled("alice", false, BY);
        assertThat(Keys.find(own, disabled.hash()).orElseThrow().ownerDisabled()).isFalse();
        assertThat(own.deleteOwner("bob", BY).hashes()).containsExactly(enabled.hash());
      }
    }
  }

  /** As one must be whose answer was lost. */
  @Test
  void aMigrationThatIsSaidToHaveFailedIsAppliedAgain() throws Exception {
    for (int version = 1; version <= Integer.parseInt(Schema.NEWEST_VERSION); version++) {
      try (HikariDataSource pool = pool(emptyDatabase())) {
        migrate(pool, String.valueOf(version));
        try (Connection connection = pool.getConnection()) {
          String quote = connection.getMetaData().getIdentifierQuoteString();
          session(connection)
              .update(
                  "UPDATE @latchkey_schema_history@ SET @success@ = FALSE WHERE @version@ = ?"
                      .replace("@", quote),
                  String.valueOf(version));
        }
        assertAppliesWhatIsMissing(pool);
      }
    }
  }

  /** Who changes from schemaMigration=none to apply. */
  @Test
  void allMayBeAppliedAgain() throws Exception {
    try (HikariDataSource pool = pool(emptyDatabase())) {
      migrate(pool, Schema.NEWEST_VERSION);
      try (Connection connection = pool.getConnection()) {
        String quote = connection.getMetaData().getIdentifierQuoteString();
        session(connection).update("DROP TABLE " + quote + Schema.HISTORY_TABLE + quote);
      }
      assertAppliesWhatIsMissing(pool);
    }
  }

  private static void assertAppliesWhatIsMissing(DataSource dataSource) {
    StoredKey key = Keys.of("alice");
    for (boolean migrateSchema : new boolean[] {true, false}) {
      try (ApiKeyStore own = JdbcStores.open(settings(dataSource, migrateSchema))) {
        own.add(key, 1, false, BY);
        assertThat(Keys.find(own, key.hash())).isPresent();
      }
    }
  }

  private static void migrate(DataSource dataSource, String version) throws SQLException {
    String location;
    try (Connection connection = dataSource.getConnection()) {
      location = Vendor.of(connection).schemaLocation();
    }
    Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:" + location)
        .table(Schema.HISTORY_TABLE)
        .target(version)
        .load()
        .migrate();
  }

  @Test
  void adviceNamesNoSettingThatIsSet() throws Exception {
    try (HikariDataSource pool = pool(emptyDatabase())) {
      JdbcStores.open(settings(pool, true)).close();
      try (Connection connection = pool.getConnection()) {
        session(connection).update("DROP TABLE latchkey_owner");
      }
      assertThatThrownBy(() -> JdbcStores.open(settings(pool, true)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("latchkey_owner")
          .hasMessageContaining("schemaMigration=none")
          .hasMessageNotContaining("schemaMigration=apply");
    }
  }
}
