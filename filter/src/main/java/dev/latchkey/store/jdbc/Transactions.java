package dev.latchkey.store.jdbc;

import dev.latchkey.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import javax.sql.DataSource;

/** Runs work on a connection; turns its failures into {@link StoreException}. */
final class Transactions {
  /** A deadlock, or a commit that a Galera node refused: undone as a whole, worth another try. */
  private static final String ROLLED_BACK = "40";

  private static final String CONSTRAINT_VIOLATED = "23";
  private static final int ATTEMPTS = 5;

  private final DataSource dataSource;
  private final int networkTimeoutMillis;

  /**
   * Work on connections of a data source.
   *
   * @param networkTimeout how long to wait for each answer of the database: a connection that was
   *     silently cut must not hold a thread for good
   */
  Transactions(DataSource dataSource, Duration networkTimeout) {
    this.dataSource = dataSource;
    this.networkTimeoutMillis = (int) Math.min(networkTimeout.toMillis(), Integer.MAX_VALUE);
  }

  /** Work that may run again from its start. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Each statement is its own transaction, also on connections that come without auto-commit. */
  <T> T plainly(String purpose, Work<T> work) {
    return attempt(purpose, true, work);
  }

  /** All statements are one transaction, or have not happened. */
  <T> T atomically(String purpose, Work<T> work) {
    return attempt(
        purpose,
        false,
        connection -> {
          T result;
          try {
            result = work.on(connection);
          } catch (SQLException | RuntimeException e) {
            quietly(e, connection::rollback);
            throw e;
          }
          connection.commit();
          return result;
        });
  }

  static boolean isDuplicate(SQLException e) {
    return isOfClass(e, CONSTRAINT_VIOLATED);
  }

  private <T> T attempt(String purpose, boolean autoCommit, Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = dataSource.getConnection()) {
        return inTime(connection, limited -> inMode(autoCommit, limited, work));
      } catch (SQLException e) {
        if (attempt == ATTEMPTS || !isOfClass(e, ROLLED_BACK)) {
          throw new StoreException("the database could not " + purpose, e);
        }
      }
    }
  }

  private <T> T inTime(Connection connection, Work<T> work) throws SQLException {
    int before;
    try {
      before = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, networkTimeoutMillis);
    } catch (SQLFeatureNotSupportedException e) {
      return work.on(connection);
    }
    T result;
    try {
      result = work.on(connection);
    } catch (SQLException | RuntimeException e) {
      quietly(e, () -> connection.setNetworkTimeout(Runnable::run, before));
      throw e;
    }
    connection.setNetworkTimeout(Runnable::run, before);
    return result;
  }

  private static <T> T inMode(boolean autoCommit, Connection connection, Work<T> work)
      throws SQLException {
    boolean before = connection.getAutoCommit();
    if (before == autoCommit) {
      return work.on(connection);
    }
    connection.setAutoCommit(autoCommit);
    T result;
    try {
      result = work.on(connection);
    } catch (SQLException | RuntimeException e) {
      quietly(e, () -> connection.setAutoCommit(before));
      throw e;
    }
    connection.setAutoCommit(before);
    return result;
  }

  @FunctionalInterface
  private interface Cleanup {
    void run() throws SQLException;
  }

  private static void quietly(Exception failure, Cleanup cleanup) {
    try {
      cleanup.run();
    } catch (SQLException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }

  private static boolean isOfClass(SQLException e, String sqlStateClass) {
    return e.getSQLState() != null && e.getSQLState().startsWith(sqlStateClass);
  }
}
