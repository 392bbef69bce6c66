package dev.latchkey.internal.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.internal.log.Causes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A connection on loan: bounded in what it waits for, and given back as it came. If it cannot be
 * given back so, it is aborted: the next user must not get half a change, or our settings.
 */
final class BorrowedConnection implements AutoCloseable {
  private static final Logger log = System.getLogger(BorrowedConnection.class.getName());
  private static final Duration MIN_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration CANCEL_TIME = Duration.ofMillis(250);

  private final ConnectionSource source;
  private final Connection connection;
  private final Deque<Step> undo = new ArrayDeque<>();
  private Duration queryTimeout;
  private boolean usable = true;
  private boolean closed;

  @FunctionalInterface
  private interface Step {
    void run() throws SQLException;
  }

  /** The ways in which statements are committed. */
  enum Mode {
    /** By itself, and none changes anything. */
    READ,
    /** By itself. */
    WRITE,
    /** By a commit, which is the caller's. */
    TRANSACTION
  }

  private BorrowedConnection(ConnectionSource source, Connection connection, Duration bound) {
    this.source = source;
    this.connection = connection;
    this.queryTimeout = bound;
  }

  /**
   * Takes a connection.
   *
   * @param bound how long to wait for each answer of the database, at least a second: a connection
   *     that was silently cut must not hold a thread for good
   */
  static BorrowedConnection take(ConnectionSource source, Duration bound, Mode mode)
      throws SQLException {
    BorrowedConnection borrowed =
        new BorrowedConnection(source, source.dataSource().getConnection(), bound);
    try {
      borrowed.applyTimeouts(bound);
      borrowed.applyMode(mode);
      return borrowed;
    } catch (SQLException | RuntimeException e) {
      borrowed.close();
      throw e;
    } catch (Error e) {
      borrowed.usable = false; // its state is unknown
      borrowed.close();
      throw e;
    }
  }

  Connection connection() {
    return connection;
  }

  Session session() {
    return new Session(connection, queryTimeout, source.statements());
  }

  private void applyTimeouts(Duration bound) {
    long atLeast = Math.max(bound.toMillis(), MIN_TIMEOUT.plus(CANCEL_TIME).toMillis());
    int millis = (int) Math.min(atLeast, Integer.MAX_VALUE);
    // The database is to give up a little before we do, which saves the connection; and some go on
    // with what nobody waits for.
    boolean answersInTime = applyNetworkTimeout(millis);
    queryTimeout =
        answersInTime
            ? Duration.ofMillis(millis).minus(CANCEL_TIME)
            : Duration.ofMillis(millis + 999L);
  }

  /** Drivers and pools without network timeouts have those of statements, or of TCP. */
  private boolean applyNetworkTimeout(int millis) {
    try {
      int before = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, millis);
      undo.push(() -> connection.setNetworkTimeout(Runnable::run, before));
      return connection.getNetworkTimeout() == millis; // some drivers only pretend
    } catch (SQLException | RuntimeException | LinkageError e) {
      return false;
    }
  }

  private void applyMode(Mode mode) throws SQLException {
    String name = source.name();
    if (name != null) {
      keepQueryTimeout();
      boolean before = connection.getAutoCommit();
      ForeignTransactions.requireNone(name, session(), mode != Mode.READ);
      if (!before) {
        undo.push(() -> connection.setAutoCommit(false));
      }
    }
    if (mode == Mode.TRANSACTION) {
      undo.push(() -> connection.setAutoCommit(true));
      connection.setAutoCommit(false);
    }
  }

  /** With some drivers, as H2's, it is not a statement's, but the connection's. */
  private void keepQueryTimeout() {
    try (Statement statement = connection.createStatement()) {
      int before = statement.getQueryTimeout();
      undo.push(() -> setQueryTimeout(before));
    } catch (SQLException | RuntimeException | LinkageError e) {
      // a driver without it
    }
  }

  private void setQueryTimeout(int seconds) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (statement.getQueryTimeout() != seconds) {
        statement.setQueryTimeout(seconds);
      }
    }
  }

  /** Undoes what was not committed. */
  void rollBack() {
    attempt(connection::rollback);
  }

  /** Gives it back after somebody else's work, who may have left something open. */
  void closeUncommitted() {
    if (closed) {
      return;
    }
    attempt(
        () -> {
          if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
          }
        });
    close();
  }

  /** Gives it back. What was committed is done, and what failed has failed, whatever comes now. */
  @Override
  public void close() {
    closed = true;
    while (usable && !undo.isEmpty()) {
      attempt(undo.pop());
    }
    if (!usable) {
      abort();
    }
    quietly(connection::close);
  }

  private void attempt(Step step) {
    usable &= quietly(step);
  }

  private void abort() {
    if (source.dataSource() instanceof HikariDataSource pool) {
      quietly(() -> pool.evictConnection(connection)); // it would hand it out without a look
    }
    quietly(() -> connection.abort(Runnable::run));
    quietly(
        () -> {
          Connection physical = connection.unwrap(Connection.class);
          if (!physical.isClosed()) {
            physical.close(); // not every driver aborts
          }
        });
  }

  private static boolean quietly(Step step) {
    try {
      step.run();
      return true;
    } catch (SQLException | RuntimeException | Error e) {
      log.log(Level.DEBUG, Causes.explain("Latchkey: a connection is not given back", e));
      return false;
    }
  }
}
