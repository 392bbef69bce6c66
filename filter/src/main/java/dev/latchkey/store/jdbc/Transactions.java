package dev.latchkey.store.jdbc;

import dev.latchkey.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import javax.sql.DataSource;

/** Runs work on a connection; turns its failures into {@link StoreException}. */
final class Transactions {
  private static final Logger log = System.getLogger(Transactions.class.getName());

  /** A deadlock, or a commit that a Galera node refused: undone as a whole, worth another try. */
  private static final String ROLLED_BACK = "40";

  private static final String CONSTRAINT_VIOLATED = "23";
  private static final int ATTEMPTS = 5;

  /** The part of the time, as a divisor, after which there may not be enough left to begin. */
  private static final int EARLY = 4;

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(10);

  /** The connection broke, or there was none. */
  private static final String NO_CONNECTION = "08";

  /** The driver went over to another host by itself; what was under way is lost. */
  private static final String FAILED_OVER = "25S03";

  /** Nobody knows whether what was to be committed is. */
  private static final String COMMIT_UNKNOWN = "08007";

  private static final Duration SHORTEST_NETWORK_TIMEOUT = Duration.ofSeconds(1);

  private final DataSource dataSource;
  private final Duration timeout;
  private final Semaphore changes;

  /**
   * Work on connections of a data source.
   *
   * @param timeout what a piece of work should take at most, the wait for a connection included;
   *     what of it is left is how long to wait for each answer of the database, at least a second:
   *     a connection that was silently cut must not hold a thread for good
   * @param mostChanges how many changes are made at once: they may wait for locks, and must not
   *     take every connection from those who look keys up
   */
  Transactions(DataSource dataSource, Duration timeout, int mostChanges) {
    this.dataSource = dataSource;
    this.changes = new Semaphore(mostChanges);
    this.timeout = timeout;
  }

  /** Work that may run again from its start. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Each statement is its own transaction, also on connections that come without auto-commit. */
  <T> T plainly(String purpose, Work<T> work) {
    return among(purpose, start -> attempt(start, purpose, true, work, ROLLED_BACK));
  }

  /**
   * The same for work that changes nothing, and so waits for no locks: for it there is always a
   * connection. If its connection breaks it is done again on another, as after a fail-over, when
   * those of the pool are broken one and all.
   */
  <T> T read(String purpose, Work<T> work) {
    return attempt(System.nanoTime(), purpose, true, work, ROLLED_BACK, NO_CONNECTION, FAILED_OVER);
  }

  /** All statements are one transaction, or have not happened. */
  <T> T atomically(String purpose, Work<T> work) {
    Work<T> whole =
        connection -> {
          T result;
          try {
            result = work.on(connection);
          } catch (SQLException | RuntimeException e) {
            quietly(connection::rollback);
            throw e;
          }
          commit(connection);
          return result;
        };
    return among(purpose, start -> attempt(start, purpose, false, whole, ROLLED_BACK, FAILED_OVER));
  }

  /**
   * Does work as one of a limited number of changes. What it waits to be one counts as its time;
   * that is a part of it only, so that there is enough left.
   */
  private <T> T among(String purpose, LongFunction<T> change) {
    long start = System.nanoTime();
    try {
      if (!changes.tryAcquire(timeout.toNanos() / EARLY, TimeUnit.NANOSECONDS)) {
        throw new StoreException(
            "the database could not " + purpose + ": too many changes are waiting for it", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting to " + purpose, e);
    }
    try {
      return change.apply(start);
    } finally {
      changes.release();
    }
  }

  private static void commit(Connection connection) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (isOfClass(e, FAILED_OVER)) {
        throw new SQLException("what became of the commit is not known", COMMIT_UNKNOWN, e);
      }
      throw e;
    }
  }

  static boolean isDuplicate(SQLException e) {
    return isOfClass(e, CONSTRAINT_VIOLATED);
  }

  private <T> T attempt(
      long start, String purpose, boolean autoCommit, Work<T> work, String... worthAnotherTry) {
    long deadline = start + timeout.toNanos();
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = dataSource.getConnection()) {
        return inTime(connection, deadline, limited -> inMode(autoCommit, limited, work));
      } catch (SQLException e) {
        if (attempt == ATTEMPTS
            || System.nanoTime() - start > timeout.toNanos() / EARLY
            || Arrays.stream(worthAnotherTry).noneMatch(state -> isOfClass(e, state))) {
          throw new StoreException("the database could not " + purpose, e);
        }
      }
      pause(attempt);
    }
  }

  /** So that those who got into each other's way do not meet again at once. */
  private static void pause(int attempt) {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(attempt * LONGEST_PAUSE.toNanos()));
  }

  private <T> T inTime(Connection connection, long deadline, Work<T> work) throws SQLException {
    long left =
        Math.max(
            TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()),
            SHORTEST_NETWORK_TIMEOUT.toMillis());
    int before;
    try {
      before = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, (int) Math.min(left, Integer.MAX_VALUE));
    } catch (SQLFeatureNotSupportedException e) {
      return work.on(connection);
    }
    try {
      return work.on(connection);
    } finally {
      quietly(() -> connection.setNetworkTimeout(Runnable::run, before));
    }
  }

  private static <T> T inMode(boolean autoCommit, Connection connection, Work<T> work)
      throws SQLException {
    boolean before = connection.getAutoCommit();
    if (before == autoCommit) {
      return work.on(connection);
    }
    connection.setAutoCommit(autoCommit);
    try {
      return work.on(connection);
    } finally {
      quietly(() -> connection.setAutoCommit(before));
    }
  }

  @FunctionalInterface
  private interface Cleanup {
    void run() throws SQLException;
  }

  /** What was committed is done, and what failed has failed, whatever becomes of the connection. */
  private static void quietly(Cleanup cleanup) {
    try {
      cleanup.run();
    } catch (SQLException e) {
      log.log(Level.DEBUG, "Latchkey: a connection could not be reset", e);
    }
  }

  private static boolean isOfClass(SQLException e, String startOfState) {
    return e.getSQLState() != null && e.getSQLState().startsWith(startOfState);
  }
}
