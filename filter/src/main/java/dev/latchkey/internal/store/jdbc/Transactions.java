package dev.latchkey.internal.store.jdbc;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.store.jdbc.BorrowedConnection.Mode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** Runs work on a connection; turns its failures into {@link StoreException}. */
final class Transactions {
  private static final int MAX_ATTEMPTS_WITHOUT_CONNECTION = 5;
  private static final int MAX_READ_ATTEMPTS = 3;

  /** The part of the time, as a divisor, after which there may not be enough left to begin. */
  private static final int RETRY_BUDGET_DIVISOR = 4;

  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int MAX_PAUSE_FACTOR = 10;

  private final Supplier<ConnectionSource> source;
  private final Duration timeout;
  private final Semaphore changes;

  /**
   * Work on connections of a source.
   *
   * @param source throws {@link StoreException} while there is none
   * @param timeout what a piece of work should take at most, the wait for a connection included;
   *     what of it is left is how long to wait for each answer of the database
   * @param maxChanges how many changes are made at once: they may wait for locks, and must not take
   *     every connection from those who look keys up
   */
  Transactions(Supplier<ConnectionSource> source, Duration timeout, int maxChanges) {
    this.source = source;
    this.changes = new Semaphore(maxChanges, true);
    this.timeout = timeout;
  }

  /** Work that may run again from its start. */
  @FunctionalInterface
  interface Work<T> {
    T run(Session session) throws SQLException;
  }

  /**
   * Runs work of which each statement is its own transaction, also on connections that come without
   * auto-commit. It may be done twice, if the connection breaks before the database has answered.
   */
  <T> T write(String purpose, Work<T> work) {
    return withWritePermit(purpose, start -> attempt(start, purpose, Mode.WRITE, work));
  }

  /**
   * Runs work that changes nothing, and so waits for no locks: for it there is always a connection.
   */
  <T> T read(String purpose, Work<T> work) {
    return attempt(System.nanoTime(), purpose, Mode.READ, work);
  }

  /** Reads, and tries again if the connection was lost, however long that took. */
  <T> T readWithRetry(String purpose, Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return read(purpose, work);
      } catch (StoreException e) {
        if (attempt == MAX_READ_ATTEMPTS
            || !(e.getCause() instanceof SQLException cause)
            || cause instanceof SQLTransientConnectionException // there was none
            || !SqlFailures.isLost(cause)) {
          throw e;
        }
      }
    }
  }

  /** Runs work whose statements are one transaction, or have not happened. */
  <T> T inTransaction(String purpose, Work<T> work) {
    return withWritePermit(purpose, start -> attempt(start, purpose, Mode.TRANSACTION, work));
  }

  /**
   * Does work as one of a limited number of changes. What it waits to be one counts as its time;
   * that is a part of it only, so that there is enough left.
   */
  private <T> T withWritePermit(String purpose, LongFunction<T> change) {
    long start = System.nanoTime();
    try {
      long patience = timeout.toNanos() - timeout.toNanos() / RETRY_BUDGET_DIVISOR;
      if (!changes.tryAcquire(patience, TimeUnit.NANOSECONDS)) {
        throw new StoreException("could not " + purpose + ": too many changes are waiting", null);
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

  private <T> T attempt(long start, String purpose, Mode mode, Work<T> work) {
    boolean outcomeUnknown = false;
    for (int attempt = 1; ; attempt++) {
      Duration left = timeout.minusNanos(System.nanoTime() - start);
      try (BorrowedConnection connection = BorrowedConnection.take(source.get(), left, mode)) {
        try {
          return mode == Mode.TRANSACTION
              ? whole(connection, work)
              : work.run(connection.session());
        } catch (SQLException e) {
          outcomeUnknown |= isOutcomeUnknown(e, mode);
          throw e;
        }
      } catch (SQLException e) {
        if (!isWorthAnotherTry(e, attempt, System.nanoTime() - start)) {
          throw new StoreException("could not " + purpose, e, outcomeUnknown);
        }
      }
      pause(attempt);
    }
  }

  /**
   * A statement that is its own transaction may have been committed when the connection is lost.
   */
  private static boolean isOutcomeUnknown(SQLException e, Mode mode) {
    return mode != Mode.READ
        && (SqlFailures.isOutcomeUnknown(e) || (mode == Mode.WRITE && SqlFailures.isLost(e)));
  }

  /**
   * Tells whether to begin again. A lost race is tried again while there is time. A lost connection
   * is replaced a few times only, as after a fail-over, when all of the pool's are broken.
   */
  private boolean isWorthAnotherTry(SQLException e, int attempts, long nanos) {
    if (SqlFailures.isOutcomeUnknown(e)) {
      return false;
    }
    return SqlFailures.isLost(e)
        ? attempts < MAX_ATTEMPTS_WITHOUT_CONNECTION
            && nanos <= timeout.toNanos() / RETRY_BUDGET_DIVISOR
        : SqlFailures.isLostRace(e) && nanos < timeout.toNanos();
  }

  /** All or nothing, whatever is thrown. */
  private static <T> T whole(BorrowedConnection connection, Work<T> work) throws SQLException {
    try {
      T result = work.run(connection.session());
      commit(connection.connection());
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      connection.rollBack();
      throw e;
    }
  }

  private static void commit(Connection connection) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw SqlFailures.ofCommit(e);
    }
  }

  /** Waits a random time, so that rivals do not meet again at once. */
  private static void pause(int attempt) {
    long longest = Math.min(attempt, MAX_PAUSE_FACTOR) * PAUSE.toNanos();
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
  }
}
