package dev.latchkey.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class TransactionsTest {
  private final JdbcDataSource h2 = new JdbcDataSource();
  private final AtomicBoolean committed = new AtomicBoolean();

  TransactionsTest() {
    h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  }

  /** Connections that can no longer be tidied up once something was committed. */
  private Transactions breakingAfterCommit() {
    DataSource dataSource =
        proxy(DataSource.class, (proxy, method, args) -> breaking(h2.getConnection()));
    return new Transactions(dataSource, Duration.ofSeconds(1), 5);
  }

  private Connection breaking(Connection connection) {
    return proxy(
        Connection.class,
        (proxy, method, args) -> {
          if (committed.get() && method.getName().startsWith("set")) {
            throw new SQLException("broken", "08000");
          }
          try {
            Object result = method.invoke(connection, args);
            committed.compareAndSet(false, method.getName().equals("commit"));
            return result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private static int execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  @Test
  void whatIsCommittedIsDoneThoughTheConnectionBreaksThen() {
    int result =
        breakingAfterCommit().atomically("do it", c -> execute(c, "CREATE TABLE t (i INT)"));
    assertThat(result).isZero();
    assertThat(committed).isTrue();
  }

  @Test
  void whatADeadlockUndidIsTriedAgain() {
    Transactions transactions = new Transactions(h2, Duration.ofSeconds(1), 5);
    AtomicInteger attempts = new AtomicInteger();
    transactions.atomically(
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
  void whatOnlyReadsIsTriedAgainOnAnotherConnection() {
    Transactions transactions = new Transactions(h2, Duration.ofSeconds(60), 5);
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

  @Test
  void whatAFailOverUndidIsTriedAgain() {
    Transactions transactions = new Transactions(h2, Duration.ofSeconds(60), 5);
    AtomicInteger attempts = new AtomicInteger();
    transactions.atomically(
        "do it",
        connection -> {
          if (attempts.incrementAndGet() < 3) {
            throw new SQLException("In progress transaction was lost", "25S03");
          }
          return 0;
        });
    assertThat(attempts).hasValue(3);
  }

  @Test
  void butNotWhatMayHaveBeenCommittedWhenItCame() {
    AtomicInteger attempts = new AtomicInteger();
    assertThatThrownBy(
            () ->
                failingOverAtCommit().atomically("do it", connection -> attempts.incrementAndGet()))
        .isInstanceOf(StoreException.class);
    assertThat(attempts).hasValue(1);
  }

  private Transactions failingOverAtCommit() {
    DataSource dataSource =
        proxy(
            DataSource.class,
            (proxy, method, args) -> {
              Connection connection = h2.getConnection();
              return proxy(
                  Connection.class,
                  (inner, called, values) -> {
                    if (called.getName().equals("commit")) {
                      throw new SQLException("In progress transaction was lost", "25S03");
                    }
                    return called.invoke(connection, values);
                  });
            });
    return new Transactions(dataSource, Duration.ofSeconds(60), 5);
  }

  private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Test
  void changesThatWaitLeaveConnectionsToThoseWhoRead() throws Exception {
    Transactions transactions = new Transactions(h2, Duration.ofSeconds(60), 1);
    CountDownLatch changing = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    CompletableFuture<Integer> change =
        CompletableFuture.supplyAsync(
            () ->
                transactions.plainly(
                    "wait for a lock",
                    connection -> {
                      changing.countDown();
                      await(mayEnd);
                      return 1;
                    }));
    changing.await();
    assertThat(transactions.<Integer>read("read", connection -> 2)).isEqualTo(2);
    CompletableFuture<Integer> next =
        CompletableFuture.supplyAsync(() -> transactions.atomically("change", connection -> 3));
    assertThat(next).isNotDone();
    mayEnd.countDown();
    assertThat(change.get()).isEqualTo(1);
    assertThat(next.get()).isEqualTo(3);
  }

  @Test
  void whatWaitsTooLongBehindOthersIsToldSo() {
    Transactions transactions = new Transactions(h2, Duration.ofMillis(1), 1);
    transactions.plainly(
        "change",
        connection -> {
          assertThatThrownBy(() -> transactions.plainly("change too", inner -> 1))
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
  void butNotWhenItsTimeIsUp() {
    Transactions transactions = new Transactions(h2, Duration.ZERO, 5);
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
  void otherFailuresAreNot() {
    Transactions transactions = new Transactions(h2, Duration.ofSeconds(1), 5);
    AtomicInteger attempts = new AtomicInteger();
    assertThatThrownBy(
            () ->
                transactions.plainly(
                    "do it",
                    connection -> {
                      attempts.incrementAndGet();
                      throw new SQLException("cut", "08000");
                    }))
        .isInstanceOf(StoreException.class)
        .hasMessage("the database could not do it");
    assertThat(attempts).hasValue(1);
  }
}
