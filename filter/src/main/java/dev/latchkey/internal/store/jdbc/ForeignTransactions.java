package dev.latchkey.internal.store.jdbc;

import dev.latchkey.auth.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Refuses connections that take part in a transaction of the application: what we committed there
 * would be its work, and what it rolls back would be ours.
 */
final class ForeignTransactions {
  /** Begins the names of such data sources of Spring and Micronaut. */
  private static final String TRANSACTION_AWARE = "TransactionAware";

  private static final String SPRINGS =
      "org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy";

  private static final String ADVICE =
      "; hand over a DataSource whose connections do not, such as the pool behind it";

  private ForeignTransactions() {}

  /**
   * Refuses a data source that is known for it.
   *
   * @throws IllegalArgumentException naming the setting
   */
  static void refuse(String name, DataSource dataSource) {
    if (isNamedSo(dataSource.getClass()) || wrapsSprings(dataSource)) {
      throw new IllegalArgumentException(
          name + ": its connections take part in the application's transactions" + ADVICE);
    }
  }

  private static boolean isNamedSo(@Nullable Class<?> type) {
    return type != null
        && (type.getSimpleName().startsWith(TRANSACTION_AWARE) || isNamedSo(type.getSuperclass()));
  }

  private static boolean wrapsSprings(DataSource dataSource) {
    return Stream.of(
            dataSource.getClass().getClassLoader(), Thread.currentThread().getContextClassLoader())
        .filter(Objects::nonNull)
        .anyMatch(loader -> wraps(dataSource, loader));
  }

  private static boolean wraps(DataSource dataSource, ClassLoader loader) {
    try {
      return dataSource.isWrapperFor(Class.forName(SPRINGS, false, loader));
    } catch (ClassNotFoundException | SQLException | RuntimeException | LinkageError e) {
      return false; // no Spring there, or it does not tell
    }
  }

  /**
   * Requires that a connection is in no transaction, and has it commit each statement.
   *
   * @param name what to call the data source
   * @param changes whether what follows changes something; else it need not be asked for if each
   *     statement is committed anyway
   * @throws StoreException if it is; then nothing was done to it
   */
  static void requireNone(String name, Session session, boolean changes) throws SQLException {
    Connection connection = session.connection();
    boolean autoCommit = connection.getAutoCommit();
    if ((changes || !autoCommit) && Vendor.of(connection).isInTransaction(session)) {
      throw refusal(name, null);
    }
    if (!autoCommit) {
      try {
        connection.setAutoCommit(true); // what a container's transaction holds does not allow it
      } catch (SQLException e) {
        if (SqlFailures.isLost(e)) {
          throw e;
        }
        throw refusal(name, e);
      }
    }
  }

  private static StoreException refusal(String name, @Nullable SQLException cause) {
    return new StoreException(
        name + ": its connection takes part in a transaction of the application" + ADVICE, cause);
  }
}
