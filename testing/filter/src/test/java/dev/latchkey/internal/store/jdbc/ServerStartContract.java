package dev.latchkey.internal.store.jdbc;

import static dev.latchkey.internal.store.Keys.BY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.TcpProxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are lost while a node starts, without either side being told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerStartContract {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private DatabaseServer server;
  private String database;
  private TcpProxy proxy;

  abstract Vendor vendor();

  /** Parts of statements of a migration, from its first to its last. */
  abstract Stream<String> migrations();

  /** A query for how many transactions are open on a connection. */
  abstract String openTransactions();

  /** Parts of what is asked at each start. */
  abstract Stream<String> questions();

  @BeforeEach
  void open(DatabaseServer server) {
    this.server = server;
    database = server.newDatabase();
    proxy = new TcpProxy(server.port());
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  private JdbcSettings settings(boolean startWithoutStore) {
    return new JdbcSettings(
        null,
        null,
        server.url(database, proxy.port()),
        DatabaseServer.USER,
        DatabaseServer.PASSWORD,
        null,
        2,
        Duration.ofSeconds(1),
        true,
        startWithoutStore,
        null);
  }

  private HikariDataSource pool() {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(server.url(database, proxy.port()));
    pool.setUsername(DatabaseServer.USER);
    pool.setPassword(DatabaseServer.PASSWORD);
    pool.setMaximumPoolSize(3);
    return pool;
  }

  private static void assertWorks(ApiKeyStore store) {
    StoredKey key = Keys.of("alice");
    assertThat(store.add(key, 1, false, BY).isEmpty()).isFalse();
    assertThat(Keys.find(store, key.hash())).isPresent();
  }

  @ParameterizedTest
  @MethodSource("questions")
  void aQuestionWhoseAnswerIsLostIsPutAgain(String question) throws Exception {
    TcpProxy.Hold hold = proxy.holdAnswerTo(question);
    try (ApiKeyStore store = JdbcStores.open(settings(false))) {
      hold.awaitHeld();
      assertWorks(store);
    }
  }

  @ParameterizedTest
  @MethodSource("questions")
  void alsoOnTheApplicationsPool(String question) throws Exception {
    TcpProxy.Hold hold = proxy.holdAnswerTo(question);
    try (HikariDataSource pool = pool();
        ApiKeyStore store =
            JdbcStores.open(
                new JdbcSettings(
                    pool,
                    null,
                    null,
                    null,
                    null,
                    null,
                    1,
                    Duration.ofSeconds(1),
                    true,
                    false,
                    null))) {
      hold.awaitHeld();
      assertWorks(store);
    }
  }

  /** What Flyway leaves behind then would stop it for good. */
  @ParameterizedTest
  @MethodSource("migrations")
  void aMigrationWhoseAnswerIsLostIsTakenUpAgain(String statement) throws Exception {
    TcpProxy.Hold hold = proxy.holdAnswerTo(statement);
    try (HikariDataSource pool = pool()) {
      ConnectionSource source =
          ConnectionSource.ofApplication("dataSource", pool, new Statements(null));
      Transactions transactions = new Transactions(() -> source, Duration.ofSeconds(1), 1);
      Schema schema = new Schema(transactions, vendor());
      schema.migrate(source, Duration.ofSeconds(1));
      hold.awaitHeld();
      try (ApiKeyStore store = JdbcStores.open(JdbcApiKeyStoreContract.settings(pool, false))) {
        assertWorks(store);
      }
    }
  }

  @Test
  void aServerThatAcceptsAndSaysNothingIsGivenUp() {
    proxy.cut();
    assertThatThrownBy(() -> JdbcStores.open(settings(false))).isInstanceOf(StoreException.class);
    try (ApiKeyStore store = JdbcStores.open(settings(true))) {
      assertThatThrownBy(() -> assertWorks(store)).isInstanceOf(StoreException.class);
      proxy.heal();
      awaitConnected(store);
      assertWorks(store);
    }
  }

  private static void awaitConnected(ApiKeyStore store) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        store.now();
        return;
      } catch (StoreException e) {
        assertThat(System.nanoTime())
            .as(Causes.explain("still not connected", e))
            .isLessThan(deadline);
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  /** And not that a connection is closed, which follows from it. */
  @Test
  void silenceIsSaidToBeSo() {
    String window = "com.zaxxer.hikari.aliveBypassWindowMs"; // each connection is tested
    System.setProperty(window, "-1");
    try (ApiKeyStore store = JdbcStores.open(settings(false))) {
      proxy.cut();
      List<String> causes = new ArrayList<>();
      for (int call = 0; call < 4; call++) {
        assertThatThrownBy(store::now)
            .isInstanceOf(StoreException.class)
            .satisfies(e -> causes.add(Causes.explain("Latchkey: no keys", e)));
      }
      assertThat(causes)
          .allSatisfy(
              cause ->
                  assertThat(cause).containsIgnoringCase("timed out").doesNotContain("closed"));
    } finally {
      System.clearProperty(window);
    }
  }

  /** Who left one open would hold locks, and have the next one work in it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theApplicationsConnectionsComeBackAsTheyWere(boolean autoCommit) throws Exception {
    try (HikariDataSource pool = pool()) {
      pool.setAutoCommit(autoCommit);
      List<String> states = new CopyOnWriteArrayList<>();
      WatchedDataSource watched =
          new WatchedDataSource(pool).before("close", connection -> states.add(state(connection)));
      try (ApiKeyStore store = JdbcStores.open(JdbcApiKeyStoreContract.settings(watched, true))) {
        assertThat(states).isNotEmpty();
        assertWorks(store);
        store.setOwnerDisabled("alice", true, BY);
        store.deleteOwner("alice", BY);
        store.purge(Duration.ZERO);
        assertThat(states).containsOnly("autoCommit " + autoCommit + ", open 0, timeout 0");
      }
    }
  }

  private String state(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(openTransactions())) {
      row.next();
      return "autoCommit %s, open %d, timeout %d"
          .formatted(connection.getAutoCommit(), row.getInt(1), connection.getNetworkTimeout());
    }
  }
}
