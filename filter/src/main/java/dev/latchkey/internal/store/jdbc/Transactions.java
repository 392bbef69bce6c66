package dev.latchkey.internal.store.jdbc;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.store.jdbc.BorrowedConnection.Mode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/** Runs work on a connection; turns its failures into {@link StoreException}. */
final class Transactions {
  /** A deadlock, or a commit that a Galera node refused: undone as a whole, worth another try. */
  private static final String ROLLED_BACK = "40";

  /** A lock that was not to be had, as H2 says of rows that others change again and again. */
  private static final String LOCK_TIMEOUT = "HYT00";

  private static final String CONSTRAINT_VIOLATED = "23";
  private static final int ATTEMPTS_LOST = 5;
  private static final int ATTEMPTS_ANEW = 3;

  /** The part of the time, as a divisor, after which there may not be enough left to begin. */
  private static final int EARLY = 4;

  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int LONGEST_PAUSE = 10;

  /** The connection broke, or there was none. */
  private static final String NO_CONNECTION = "08";

  /** The driver went over to another host by itself; what was under way is lost. */
  private static final String FAILED_OVER = "25S03";

  /** Nobody knows whether what was to be committed is. */
  private static final String COMMIT_UNKNOWN = "08007";

  /** Nor whether a statement is complete, though the class is that of what was undone. */
  private static final String COMPLETION_UNKNOWN = "40003";

  private final ConnectionSource source;
  private final Duration timeout;
  private final Semaphore changes;

  /**
   * Work on connections of a source.
   *
   * @param timeout what a piece of work should take at most, the wait for a connection included;
   *     what of it is left is how long to wait for each answer of the database
   * @param mostChanges how many changes are made at once: they may wait for locks, and must not
   *     take every connection from those who look keys up
   */
  Transactions(ConnectionSource source, Duration timeout, int mostChanges) {
    this.source = source;
    this.changes = new Semaphore(mostChanges, true);
    this.timeout = timeout;
  }

  /** Work that may run again from its start. */
  @FunctionalInterface
  interface Work<T> {
    T on(Session session) throws SQLException;
  }

  /**
   * Runs work of which each statement is its own transaction, also on connections that come without
   * auto-commit. It may be done twice, if the connection breaks before the database has answered.
   */
  <T> T plainly(String purpose, Work<T> work) {
    return among(purpose, start -> attempt(start, purpose, Mode.WRITE, work));
  }

  /**
   * Runs work that changes nothing, and so waits for no locks: for it there is always a connection.
   */
  <T> T read(String purpose, Work<T> work) {
    return attempt(System.nanoTime(), purpose, Mode.READ, work);
  }

  /** Reads; an attempt whose connection was lost, however long that took, is made anew. */
  <T> T readAnew(String purpose, Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return read(purpose, work);
      } catch (StoreException e) {
        if (attempt == ATTEMPTS_ANEW
            || !(e.getCause() instanceof SQLException cause)
            || cause instanceof SQLTransientConnectionException // there was none
            || !isLost(cause)) {
          throw e;
        }
      }
    }
  }

  /** Runs work whose statements are one transaction, or have not happened. */
  <T> T atomically(String purpose, Work<T> work) {
    return among(purpose, start -> attempt(start, purpose, Mode.TRANSACTION, work));
  }

  /**
   * Does work as one of a limited number of changes. What it waits to be one counts as its time;
   * that is a part of it only, so that there is enough left.
   */
  private <T> T among(String purpose, LongFunction<T> change) {
    long start = System.nanoTime();
    try {
      long patience = timeout.toNanos() - timeout.toNanos() / EARLY;
      if (!changes.tryAcquire(patience, TimeUnit.NANOSECONDS)) {
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
      if (isLost(e) || isOfClass(e, LOCK_TIMEOUT)) {
        throw new SQLException("what became of the commit is not known", COMMIT_UNKNOWN, e);
      }
      throw e;
    }
  }

  static boolean isDuplicate(SQLException e) {
    return isOfClass(e, CONSTRAINT_VIOLATED);
  }

  /** The failure of work that others were in the way of, and that is to be tried again. */
  static SQLException lostRace(SQLException cause) {
    return new SQLTransactionRollbackException("another was first", ROLLED_BACK + "001", cause);
  }

  /** The connection is broken, or there is none. */
  static boolean isLost(SQLException e) {
    return isOfClass(e, NO_CONNECTION) || isOfClass(e, FAILED_OVER);
  }

  private <T> T attempt(long start, String purpose, Mode mode, Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      Duration left = timeout.minusNanos(System.nanoTime() - start);
      try (BorrowedConnection connection = BorrowedConnection.take(source, left, mode)) {
        return mode == Mode.TRANSACTION ? whole(connection, work) : work.on(connection.session());
      } catch (SQLException e) {
        if (!isWorthAnotherTry(e, attempt, System.nanoTime() - start)) {
          throw new StoreException("the database could not " + purpose, e);
        }
      }
      pause(attempt);
    }
  }

  /**
   * Tells whether to begin again. Those who only got into each other's way go on while there is
   * time. Without a connection a few attempts do, as after a fail-over, when those of the pool are
   * broken one and all.
   */
  private boolean isWorthAnotherTry(SQLException e, int attempts, long nanos) {
    if (isOfClass(e, COMMIT_UNKNOWN) || isOfClass(e, COMPLETION_UNKNOWN)) {
      return false;
    }
    return isLost(e)
        ? attempts < ATTEMPTS_LOST && nanos <= timeout.toNanos() / EARLY
        : (isOfClass(e, ROLLED_BACK) || isOfClass(e, LOCK_TIMEOUT)) && nanos < timeout.toNanos();
  }

  /** All or nothing, whatever is thrown. */
  private static <T> T whole(BorrowedConnection connection, Work<T> work) throws SQLException {
    try {
      T result = work.on(connection.session());
      commit(connection.connection());
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      connection.rollBack();
      throw e;
    }
  }

  /** So that those who got into each other's way do not meet again at once. */
  private static void pause(int attempt) {
    long longest = Math.min(attempt, LONGEST_PAUSE) * PAUSE.toNanos();
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
  }

  private static boolean isOfClass(SQLException e, String startOfState) {
    return e.getSQLState() != null && e.getSQLState().startsWith(startOfState);
  }
}
