package dev.latchkey.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.store.jdbc.Transactions.Work;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionsTest {
  private final JdbcDataSource h2 = new JdbcDataSource();
  private final AtomicBoolean committed = new AtomicBoolean();

  TransactionsTest() {
    h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  }

  /** Connections that can no longer be tidied up once something was committed. */
  private Transactions breakingAfterCommit() {
    WatchedDataSource watched =
        new WatchedDataSource(h2).before("commit", connection -> committed.set(true));
    for (String method : List.of("setAutoCommit", "setNetworkTimeout")) {
      watched.before(
          method,
          connection -> {
            if (committed.get()) {
              throw new SQLException("broken", "08000");
            }
          });
    }
    return new Transactions(source(watched), Duration.ofSeconds(1), 5);
  }

  private static Supplier<ConnectionSource> source(DataSource dataSource) {
    ConnectionSource source =
        ConnectionSource.ofApplication("dataSource", dataSource, new Statements(null));
    return () -> source;
  }

  private static int execute(Session session, String sql) throws SQLException {
    try (Statement statement = session.connection().createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  @Test
  void commitCountsThoughTheConnectionBreaksThen() {
    int result =
        breakingAfterCommit().inTransaction("do it", c -> execute(c, "CREATE TABLE t (i INT)"));
    assertThat(result).isZero();
    assertThat(committed).isTrue();
  }

  @Test
  void deadlockIsTriedAgain() {
    Transactions transactions = new Transactions(source(h2), Duration.ofSeconds(1), 5);
    AtomicInteger attempts = new AtomicInteger();
    transactions.inTransaction(
        "do it",
        connection -> {
          execute(connection, "CREATE TABLE IF NOT EXISTS t (i INT)");
          if (attempts.incrementAndGet() < 3) {
            throw new SQLException("deadlock", "40001");
          }
          return 0;
        });
    assertThat(attempts).hasValue(3);
  }

  @Test
  void readIsTriedAgainOnAnotherConnection() {
    Transactions transactions = new Transactions(source(h2), Duration.ofSeconds(60), 5);
    AtomicInteger attempts = new AtomicInteger();
    int read =
        transactions.read(
            "read it",
            connection -> {
              if (attempts.incrementAndGet() < 3) {
                throw new SQLException("cut", "08000");
              }
              return 7;
            });
    assertThat(read).isEqualTo(7);
  }

  private Transactions transactions(Duration timeout) {
    return new Transactions(source(h2), timeout, 5);
  }

  /** All that a connection can be lost by before the commit; a change is made on another, too. */
  @ParameterizedTest
  @ValueSource(strings = {"08000", "08S01", "08003", "25S03"})
  void changeWhoseConnectionIsLostIsMadeOnAnother(String state) {
    AtomicInteger attempts = new AtomicInteger();
    Work<Integer> work =
        session -> {
          if (attempts.incrementAndGet() % 3 != 0) {
            throw new SQLException("lost", state);
          }
          return 7;
        };
    Transactions transactions = transactions(Duration.ofSeconds(60));
    assertThat(transactions.inTransaction("do it", work)).isEqualTo(7);
    assertThat(transactions.write("do it", work)).isEqualTo(7);
    assertThat(attempts).hasValue(6);
  }

  @Test
  void connectionThatIsAlwaysLostIsGivenUpSoon() {
    AtomicInteger attempts = new AtomicInteger();
    assertThatThrownBy(
            () ->
                transactions(Duration.ofSeconds(60))
                    .inTransaction(
                        "do it",
                        session -> {
                          attempts.incrementAndGet();
                          throw new SQLException("lost", "08000");
                        }))
        .isInstanceOf(StoreException.class);
    assertThat(attempts).hasValue(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "HYT00"})
  void lostRacesAreTriedAgainWhileThereIsTime(String state) {
    AtomicInteger attempts = new AtomicInteger();
    transactions(Duration.ofSeconds(60))
        .inTransaction(
            "do it",
            session -> {
              if (attempts.incrementAndGet() < 30) {
                throw new SQLException("deadlock", state);
              }
              return 0;
            });
    assertThat(attempts).hasValue(30);
    assertThatThrownBy(
            () ->
                transactions(Duration.ofMillis(50))
                    .inTransaction(
                        "do it",
                        session -> {
                          throw new SQLException("deadlock", state);
                        }))
        .isInstanceOf(StoreException.class);
  }

  /** Nobody knows whether it happened. */
  @ParameterizedTest
  @ValueSource(strings = {"08000", "08S01", "08007", "25S03", "40003", "HYT00"})
  void commitWhoseOutcomeIsUnknownIsNotTriedAgain(String state) {
    AtomicInteger attempts = new AtomicInteger();
    WatchedDataSource watched =
        new WatchedDataSource(h2)
            .before("commit", connection -> fail(new SQLException("lost", state)));
    Transactions transactions = new Transactions(source(watched), Duration.ofSeconds(60), 5);
    assertThat(
            failure(() -> transactions.inTransaction("do it", s -> attempts.incrementAndGet()))
                .isOutcomeUnknown())
        .isTrue();
    assertThat(attempts).hasValue(1);
  }

  private static StoreException failure(ThrowingCallable call) {
    return catchThrowableOfType(StoreException.class, call);
  }

  private static <T> Work<T> failing(String state) {
    return session -> {
      throw new SQLException("no", state);
    };
  }

  /** A statement that is its own transaction may have been committed when its answer is lost. */
  @ParameterizedTest
  @CsvSource({
    "08000, true",
    "08S01, true",
    "25S03, true",
    "40003, true",
    "42S02, false",
    "23000, false"
  })
  void outcomeOfAStatementIsUnknownIfItsAnswerIsLost(String state, boolean unknown) {
    Transactions transactions = transactions(Duration.ofSeconds(60));
    assertThat(failure(() -> transactions.write("do it", failing(state))).isOutcomeUnknown())
        .isEqualTo(unknown);
  }

  @Test
  void outcomeStaysUnknownWhenALaterAttemptIsRefused() {
    AtomicInteger attempts = new AtomicInteger();
    Work<Integer> work = failing("08000");
    Work<Integer> next = failing("42S02");
    assertThat(
            failure(
                    () ->
                        transactions(Duration.ofSeconds(60))
                            .write(
                                "do it",
                                s -> (attempts.incrementAndGet() == 1 ? work : next).run(s)))
                .isOutcomeUnknown())
        .isTrue();
    assertThat(attempts).hasValue(2);
  }

  /** The database undoes a transaction whose connection is lost before the commit. */
  @ParameterizedTest
  @ValueSource(strings = {"08000", "08S01", "25S03", "42S02", "23000"})
  void nothingIsDoneIfATransactionFailsBeforeItsCommit(String state) {
    assertThat(
            failure(
                    () ->
                        transactions(Duration.ofSeconds(60)).inTransaction("do it", failing(state)))
                .isOutcomeUnknown())
        .isFalse();
  }

  @Test
  void nothingIsDoneByReading() {
    Transactions transactions = transactions(Duration.ofSeconds(60));
    assertThat(failure(() -> transactions.read("read it", failing("08000"))).isOutcomeUnknown())
        .isFalse();
  }

  @Test
  void nothingIsDoneWithoutAConnection() {
    DataSource none =
        new SimpleDataSource() {
          @Override
          public Connection getConnection() throws SQLException {
            throw new SQLException("refused", "08001");
          }
        };
    Transactions transactions = new Transactions(source(none), Duration.ofSeconds(60), 1);
    assertThat(failure(() -> transactions.write("do it", session -> 1)).isOutcomeUnknown())
        .isFalse();
    assertThat(failure(() -> transactions.inTransaction("do it", s -> 1)).isOutcomeUnknown())
        .isFalse();
  }

  @Test
  void commitThatWasUndoneIsTriedAgain() throws Exception {
    createTable();
    AtomicInteger commits = new AtomicInteger();
    WatchedDataSource watched =
        new WatchedDataSource(h2)
            .before(
                "commit",
                connection -> {
                  if (commits.incrementAndGet() == 1) {
                    fail(new SQLException("refused by Galera", "40001"));
                  }
                });
    new Transactions(source(watched), Duration.ofSeconds(60), 5)
        .inTransaction("do it", session -> execute(session, "INSERT INTO t VALUES (1)"));
    assertThat(count(COUNT)).isOne();
  }

  @Test
  void changesThatWaitLeaveConnectionsToReaders() throws Exception {
    Transactions transactions = new Transactions(source(h2), Duration.ofSeconds(60), 1);
    CountDownLatch changing = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    CompletableFuture<Integer> change =
        CompletableFuture.supplyAsync(
            () ->
                transactions.write(
                    "wait for a lock",
                    connection -> {
                      changing.countDown();
                      await(mayEnd);
                      return 1;
                    }));
    changing.await();
    assertThat(transactions.<Integer>read("read", connection -> 2)).isEqualTo(2);
    CompletableFuture<Integer> next =
        CompletableFuture.supplyAsync(() -> transactions.inTransaction("change", connection -> 3));
    assertThat(next).isNotDone();
    mayEnd.countDown();
    assertThat(change.get()).isEqualTo(1);
    assertThat(next.get()).isEqualTo(3);
  }

  @Test
  void changeThatWaitsTooLongBehindOthersIsToldSo() {
    Transactions transactions = new Transactions(source(h2), Duration.ofMillis(1), 1);
    transactions.write(
        "change",
        connection -> {
          assertThatThrownBy(() -> transactions.write("change too", inner -> 1))
              .isInstanceOf(StoreException.class)
              .hasMessageContaining("too many changes");
          return 1;
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void readIsNotTriedAgainWhenItsTimeIsUp() {
    Transactions transactions = new Transactions(source(h2), Duration.ZERO, 5);
    AtomicInteger attempts = new AtomicInteger();
    assertThatThrownBy(
            () ->
                transactions.read(
                    "read it",
                    connection -> {
                      attempts.incrementAndGet();
                      throw new SQLException("cut", "08000");
                    }))
        .isInstanceOf(StoreException.class);
    assertThat(attempts).hasValue(1);
  }

  @Test
  void otherFailuresAreNotTriedAgain() {
    Transactions transactions = new Transactions(source(h2), Duration.ofSeconds(1), 5);
    AtomicInteger attempts = new AtomicInteger();
    assertThatThrownBy(
            () ->
                transactions.write(
                    "do it",
                    connection -> {
                      attempts.incrementAndGet();
                      throw new SQLException("no such table", "42S02");
                    }))
        .isInstanceOf(StoreException.class)
        .hasMessage("could not do it");
    assertThat(attempts).hasValue(1);
  }

  private static final String COUNT = "SELECT COUNT(*) FROM t";

  private int count(String query) throws SQLException {
    try (Connection connection = h2.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getInt(1);
    }
  }

  private void createTable() throws SQLException {
    try (Connection connection = h2.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (i INT)");
    }
  }

  static Stream<Throwable> allThatCanBeThrown() {
    return Stream.of(
        new SQLException("no"),
        new IllegalStateException("no"),
        new StackOverflowError("no"),
        new NoClassDefFoundError("no"),
        new OutOfMemoryError("no"),
        new AssertionError("no"));
  }

  private static <T extends Throwable> int fail(Throwable reason) throws T {
    @SuppressWarnings("unchecked")
    T thrown = (T) reason;
    throw thrown;
  }

  private static Work<Integer> halfAChange(Throwable reason) {
    return session -> {
      execute(session, "INSERT INTO t VALUES (1)");
      return TransactionsTest.<SQLException>fail(reason);
    };
  }

  @ParameterizedTest
  @MethodSource("allThatCanBeThrown")
  void halfAChangeIsUndoneWhateverIsThrown(Throwable reason) throws Exception {
    createTable();
    try (HikariDataSource pool = pool(h2)) {
      Transactions transactions = new Transactions(source(pool), Duration.ofSeconds(1), 5);
      assertThatThrownBy(() -> transactions.inTransaction("do it", halfAChange(reason)))
          .isInstanceOfAny(reason.getClass(), StoreException.class);
      assertThat(count(COUNT)).isZero();
      transactions.inTransaction("do it", session -> execute(session, "INSERT INTO t VALUES (2)"));
      assertThat(count(COUNT)).isOne();
    }
  }

  /** To set auto-commit again would commit it. */
  @ParameterizedTest
  @MethodSource("allThatCanBeThrown")
  void connectionIsNeverUsedAgainIfItsChangeCannotBeUndone(Throwable reason) throws Exception {
    createTable();
    Set<Connection> failed = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Connection> used = Collections.newSetFromMap(new IdentityHashMap<>());
    List<String> calls = new ArrayList<>();
    WatchedDataSource watched =
        new WatchedDataSource(h2)
            .before(
                "rollback",
                connection -> {
                  failed.add(connection);
                  used.remove(connection);
                  fail(reason);
                })
            .before("setAutoCommit", connection -> used.add(connection))
            .before("commit", connection -> used.add(connection))
            .before("prepareStatement", connection -> used.add(connection))
            .before("abort", connection -> calls.add("abort"));
    try (HikariDataSource pool = pool(watched)) {
      ConnectionSource ours = new ConnectionSource(pool, null, new Statements(null), () -> {});
      for (Supplier<ConnectionSource> source :
          List.<Supplier<ConnectionSource>>of(source(pool), () -> ours, source(watched))) {
        calls.clear();
        Transactions transactions = new Transactions(source, Duration.ofSeconds(1), 5);
        assertThatThrownBy(
                () -> transactions.inTransaction("do it", halfAChange(new Error("in its middle"))))
            .hasMessage("in its middle");
        assertThat(calls).containsExactly("abort");
        assertThat(count(COUNT)).isZero();
        transactions.read("look", session -> session.select(COUNT, row -> row.getInt(1)));
      }
      assertThat(failed)
          .hasSize(3)
          .doesNotContainAnyElementsOf(used)
          .allSatisfy(connection -> assertThat(connection.isClosed()).isTrue());
    }
  }

  /** Nobody knows what it left in it. */
  @ParameterizedTest
  @ValueSource(
      strings = {"getNetworkTimeout", "setNetworkTimeout", "setAutoCommit", "createStatement"})
  void errorWhileAConnectionIsTakenLeaksNone(String method) throws Exception {
    List<Connection> taken = new ArrayList<>();
    WatchedDataSource watched =
        new WatchedDataSource(h2)
            .before(
                method,
                connection -> {
                  taken.add(connection);
                  throw new OutOfMemoryError("no");
                });
    Transactions transactions = new Transactions(source(watched), Duration.ofSeconds(1), 5);
    assertThatThrownBy(() -> transactions.inTransaction("do it", session -> 1))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(taken).isNotEmpty();
    for (Connection connection : taken) {
      assertThat(connection.isClosed()).isTrue();
    }
  }

  private static HikariDataSource pool(DataSource dataSource) {
    HikariDataSource pool = new HikariDataSource();
    pool.setDataSource(dataSource);
    pool.setMaximumPoolSize(1);
    return pool;
  }

  @Test
  void changeThatCannotBeCommittedIsUndone() throws Exception {
    createTable();
    WatchedDataSource watched =
        new WatchedDataSource(h2).before("commit", connection -> fail(new SQLException("no")));
    Transactions transactions = new Transactions(source(watched), Duration.ofSeconds(1), 5);
    assertThatThrownBy(
            () ->
                transactions.inTransaction(
                    "do it", session -> execute(session, "INSERT INTO t VALUES (1)")))
        .isInstanceOf(StoreException.class);
    assertThat(count(COUNT)).isZero();
  }

  static Stream<Throwable> waysToHaveNoNetworkTimeout() {
    return Stream.of(
        new SQLFeatureNotSupportedException("no"),
        new SQLException("no"),
        new UnsupportedOperationException("no"),
        new AbstractMethodError("no"));
  }

  @ParameterizedTest
  @MethodSource("waysToHaveNoNetworkTimeout")
  void databaseIsToGiveUpWithoutNetworkTimeouts(Throwable reason) throws Exception {
    Transactions transactions =
        new Transactions(
            source(
                new WatchedDataSource(h2)
                    .before("getNetworkTimeout", connection -> fail(reason))
                    .before("setNetworkTimeout", connection -> fail(reason))),
            Duration.ofSeconds(7),
            5);
    assertBounded(transactions);
  }

  @Test
  void databaseIsToGiveUpIfNetworkTimeoutsAreNotKept() throws Exception {
    assertBounded(new Transactions(source(h2), Duration.ofSeconds(7), 5)); // as H2's
  }

  private static void assertBounded(Transactions transactions) {
    List<Integer> bounds =
        transactions.inTransaction(
            "tell its bound",
            session -> session.select("SELECT 1", row -> row.getStatement().getQueryTimeout()));
    assertThat(bounds).containsExactly(7);
  }

  /** H2's query timeout is the connection's. */
  @Test
  void applicationGetsItsQueryTimeoutBack() throws Exception {
    try (HikariDataSource pool = pool(h2)) {
      Transactions transactions = new Transactions(source(pool), Duration.ofSeconds(7), 5);
      transactions.read("read", session -> session.select("SELECT 1", row -> 1));
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        assertThat(statement.getQueryTimeout()).isZero();
      }
    }
  }

  @Test
  void driverWithoutQueryTimeoutsWillDo() {
    Transactions transactions = new Transactions(source(h2), Duration.ofSeconds(7), 5);
    assertThat(
            transactions.<Integer>read(
                "read",
                session ->
                    new Session(
                            withoutQueryTimeout(session.connection()),
                            Duration.ofSeconds(1),
                            session.statements())
                        .select("SELECT 7", row -> row.getInt(1))
                        .get(0)))
        .isEqualTo(7);
  }

  private static Connection withoutQueryTimeout(Connection connection) throws SQLException {
    Connection watched = mock(Connection.class, delegatesTo(connection));
    doAnswer(
            call -> {
              PreparedStatement statement = connection.prepareStatement(call.getArgument(0));
              PreparedStatement limited = mock(PreparedStatement.class, delegatesTo(statement));
              doThrow(SQLFeatureNotSupportedException.class)
                  .when(limited)
                  .setQueryTimeout(anyInt());
              return limited;
            })
        .when(watched)
        .prepareStatement(anyString());
    return watched;
  }
}
