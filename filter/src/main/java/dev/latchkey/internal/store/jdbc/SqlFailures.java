package dev.latchkey.internal.store.jdbc;

import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;

/** Tells the failures of a database apart by their SQLState. */
final class SqlFailures {
  /** A deadlock, or a commit that a Galera node refused: undone as a whole, worth another try. */
  private static final String ROLLED_BACK = "40";

  /** A lock that was not to be had, as H2 says of rows that others change again and again. */
  private static final String LOCK_TIMEOUT = "HYT00";

  /** The same, where PostgreSQL's {@code lock_timeout} is set. */
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final String REJECTED = "42";

  private static final String CONSTRAINT_VIOLATED = "23";

  /** The connection broke, or there was none. */
  private static final String NO_CONNECTION = "08";

  /** PostgreSQL goes down, was killed, or is not up yet, and ends the connection. */
  private static final String SERVER_ENDS = "57P";

  /** The driver went over to another host by itself; what was under way is lost. */
  private static final String FAILED_OVER = "25S03";

  /** It is unknown whether the transaction was committed. */
  private static final String COMMIT_UNKNOWN = "08007";

  /** It is unknown whether a statement was completed, although the class is that of a rollback. */
  private static final String COMPLETION_UNKNOWN = "40003";

  private SqlFailures() {}

  /** The statement is wrong, or names what is not there or may not be seen. */
  static boolean isRejected(SQLException e) {
    return isOfClass(e, REJECTED) && !(e instanceof SQLTransientConnectionException);
  }

  static boolean isDuplicate(SQLException e) {
    return isOfClass(e, CONSTRAINT_VIOLATED);
  }

  /** The connection is broken, or there is none. */
  static boolean isLost(SQLException e) {
    return isOfClass(e, NO_CONNECTION) || isOfClass(e, SERVER_ENDS) || isOfClass(e, FAILED_OVER);
  }

  /** Others were in the way, and it was undone. */
  static boolean isLostRace(SQLException e) {
    return !isOutcomeUnknown(e)
        && (isOfClass(e, ROLLED_BACK)
            || isOfClass(e, LOCK_TIMEOUT)
            || isOfClass(e, LOCK_NOT_AVAILABLE));
  }

  static boolean isOutcomeUnknown(SQLException e) {
    return isOfClass(e, COMMIT_UNKNOWN) || isOfClass(e, COMPLETION_UNKNOWN);
  }

  /** The failure of work that others were in the way of, and that is to be tried again. */
  static SQLException lostRace(SQLException cause) {
    return new SQLTransactionRollbackException("another was first", ROLLED_BACK + "001", cause);
  }

  /** The failure of a commit: those that do not say what became of it say so now. */
  static SQLException ofCommit(SQLException e) {
    return isLost(e) || isOfClass(e, LOCK_TIMEOUT)
        ? new SQLException("the outcome of the commit is unknown", COMMIT_UNKNOWN, e)
        : e;
  }

  private static boolean isOfClass(SQLException e, String startOfState) {
    return e.getSQLState() != null && e.getSQLState().startsWith(startOfState);
  }
}
