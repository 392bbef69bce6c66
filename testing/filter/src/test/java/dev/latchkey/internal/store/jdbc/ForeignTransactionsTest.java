package dev.latchkey.internal.store.jdbc;

import static dev.latchkey.internal.store.Keys.BY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.KeyEdit;
import dev.latchkey.internal.store.KeyUse;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.PostgreSql;
import dev.latchkey.test.PostgreSqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.xa.PGXADataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** Data sources whose connections take part in a transaction of the application. */
@ExtendWith(MariaDb.class)
@ExtendWith(PostgreSql.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignTransactionsTest {
  private final StoredKey key = Keys.of("alice");
  private MariaDbServer mariaDb;
  private PostgreSqlServer postgreSql;

  @BeforeAll
  void remember(MariaDbServer mariaDb, PostgreSqlServer postgreSql) {
    this.mariaDb = mariaDb;
    this.postgreSql = postgreSql;
  }

  private Stream<DataSource> databases() throws SQLException {
    MariaDbDataSource onMariaDb = new MariaDbDataSource(mariaDb.url(mariaDb.newDatabase()));
    onMariaDb.setUser(MariaDbServer.USER);
    onMariaDb.setPassword(MariaDbServer.PASSWORD);
    PGXADataSource onPostgreSql = new PGXADataSource();
    onPostgreSql.setUrl(postgreSql.url(postgreSql.newDatabase()));
    onPostgreSql.setUser(PostgreSqlServer.USER);
    onPostgreSql.setPassword(PostgreSqlServer.PASSWORD);
    return Stream.of(h2(), onMariaDb, new PostgreSqlDataSource(onPostgreSql));
  }

  /** Other drivers have both in one. */
  private static final class PostgreSqlDataSource extends SimpleDataSource implements XADataSource {
    private final PGXADataSource driver;

    PostgreSqlDataSource(PGXADataSource driver) {
      this.driver = driver;
    }

    @Override
    public Connection getConnection() throws SQLException {
      return driver.getConnection();
    }

    @Override
    public XAConnection getXAConnection() throws SQLException {
      return driver.getXAConnection();
    }

    @Override
    public XAConnection getXAConnection(String user, String password) throws SQLException {
      return driver.getXAConnection(user, password);
    }
  }

  private static JdbcDataSource h2() {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    return h2;
  }

  private static DataSource only(Connection connection) {
    return new SimpleDataSource() {
      @Override
      public Connection getConnection() {
        return connection;
      }
    };
  }

  private static ApiKeyStore open(DataSource dataSource) {
    return JdbcStores.open(JdbcApiKeyStoreContract.settings(dataSource, true));
  }

  @Test
  void springsProxyIsRefusedByNameAtStart() {
    TransactionAwareDataSourceProxy springs = new TransactionAwareDataSourceProxy(h2());
    for (DataSource dataSource :
        List.of(
            springs,
            new DelegatingDataSource(springs),
            new LazyConnectionDataSourceProxy(springs))) {
      assertThatThrownBy(() -> open(dataSource))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("dataSource")
          .hasMessageContaining(dataSource.getClass().getName());
    }
  }

  /** It takes part in nothing; beside a transaction of Spring's it has its own. */
  @Test
  void poolBehindSpringsProxyIsAccepted() throws Exception {
    DataSource pool = new LazyConnectionDataSourceProxy(h2());
    try (ApiKeyStore store = open(pool)) {
      new TransactionTemplate(new DataSourceTransactionManager(pool))
          .executeWithoutResult(
              status -> {
                assertThat(store.add(key, 1, false, BY).isEmpty()).isFalse();
                status.setRollbackOnly();
              });
      assertThat(Keys.find(store, key.hash())).isPresent();
    }
  }

  /** One that is not known for it: it hands out the transaction's connection, if there is one. */
  private static final class Unknown extends SimpleDataSource {
    private final DataSource pool;
    private Connection transaction;

    Unknown(DataSource pool) {
      this.pool = pool;
    }

    void begin() throws SQLException {
      transaction = pool.getConnection();
      transaction.setAutoCommit(false);
    }

    void rollBack() throws SQLException {
      transaction.rollback();
      transaction.close();
      transaction = null;
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection mine = transaction;
      return mine == null
          ? pool.getConnection()
          : new WatchedDataSource(only(mine)).instead("close").getConnection();
    }

    private void execute(String sql) throws SQLException {
      try (Connection connection = getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    private int count() throws SQLException {
      try (Connection connection = getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM orders")) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void nothingOfTheApplicationsIsCommittedOrUndone(DataSource pool) throws Exception {
    Unknown dataSource = new Unknown(pool);
    dataSource.execute("CREATE TABLE orders (i INT)");
    try (ApiKeyStore store = open(dataSource)) {
      store.add(key, 1, false, BY);
      List<Runnable> calls =
          List.of(
              () -> store.add(Keys.of("bob"), 1, false, BY),
              () -> store.reissue(key.tag(), Keys.of("alice"), null, BY).hashes(),
              () -> store.edit("alice", key.tag(), new KeyEdit("words", null), Keys.NOW, BY),
              () -> store.delete("alice", key.tag(), BY).hashes(),
              () -> store.setOwnerDisabled("alice", true, BY).hashes(),
              () -> store.setOwnerDisabled("alice", false, BY).hashes(),
              () -> store.deleteOwner("alice", BY).hashes(),
              () -> store.recordUses(List.of(new KeyUse(key.hash(), Keys.NOW, "192.0.2.1"))),
              store::now,
              () -> store.findByOwner("alice"),
              () -> store.purge(Duration.ZERO));
      for (Runnable call : calls) {
        dataSource.begin();
        dataSource.execute("INSERT INTO orders VALUES (1)");
        assertThatThrownBy(call::run)
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("dataSource (" + Unknown.class.getName());
        assertThat(dataSource.transaction.getAutoCommit()).isFalse();
        assertThat(dataSource.count()).isOne();
        dataSource.rollBack();
        assertThat(dataSource.count()).isZero();
      }
      assertThat(store.findByOwner("alice")).containsExactly(key);
      assertThat(Keys.find(store, key.hash()).orElseThrow().ownerDisabled()).isFalse();
    }
  }

  /** As a container's in a transaction of JTA, where nothing was done yet. */
  @ParameterizedTest
  @MethodSource("databases")
  void managedConnectionIsLeftAlone(DataSource pool) throws Exception {
    try (ApiKeyStore store = open(pool)) {
      store.add(key, 1, false, BY);
    }
    Connection managed = pool.getConnection();
    managed.setAutoCommit(false);
    SQLException notAllowed = new SQLException("not during a managed transaction");
    WatchedDataSource container = new WatchedDataSource(only(managed));
    for (String method : List.of("setAutoCommit", "commit", "rollback", "abort")) {
      container.before(
          method,
          connection -> {
            throw notAllowed;
          });
    }
    container.instead("close");
    Transactions transactions = transactions(container);
    assertThatThrownBy(
            () ->
                transactions.inTransaction(
                    "add", session -> session.update("DELETE FROM latchkey_key")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("dataSource (")
        .hasRootCause(notAllowed);
    managed.close();
    try (ApiKeyStore store = open(pool)) {
      assertThat(store.findByOwner("alice")).containsExactly(key);
    }
  }

  /** As a transaction manager enlists one. */
  @ParameterizedTest
  @MethodSource("databases")
  void enlistedConnectionIsLeftAlone(DataSource pool) throws Exception {
    try (ApiKeyStore store = open(pool)) {
      store.add(key, 1, false, BY);
    }
    XAConnection enlisted = ((XADataSource) pool).getXAConnection();
    Xid xid = new SomeXid();
    enlisted.getXAResource().start(xid, XAResource.TMNOFLAGS);
    Connection connection = enlisted.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("UPDATE latchkey_key SET hint = 'x'");
    }
    Transactions transactions =
        transactions(new WatchedDataSource(only(connection)).instead("close"));
    Transactions.Work<Integer> work = session -> session.update("DELETE FROM latchkey_key");
    assertThatThrownBy(() -> transactions.inTransaction("add", work))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("dataSource (");
    assertThatThrownBy(() -> transactions.write("add", work))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("dataSource (");
    enlisted.getXAResource().end(xid, XAResource.TMSUCCESS);
    enlisted.getXAResource().rollback(xid);
    try (ApiKeyStore store = open(pool)) {
      assertThat(store.findByOwner("alice")).containsExactly(key);
    }
  }

  private static Transactions transactions(DataSource dataSource) {
    ConnectionSource source =
        ConnectionSource.ofApplication("dataSource", dataSource, new Statements(null));
    return new Transactions(() -> source, Duration.ofSeconds(5), 2);
  }

  private record SomeXid() implements Xid {
    @Override
    public int getFormatId() {
      return 1;
    }

    @Override
    public byte[] getGlobalTransactionId() {
      return new byte[] {1, 2, 3};
    }

    @Override
    public byte[] getBranchQualifier() {
      return new byte[] {4};
    }
  }
}
