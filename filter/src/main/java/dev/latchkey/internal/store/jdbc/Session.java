package dev.latchkey.internal.store.jdbc;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which statements are sent: prepared, with every value bound, with a time after
 * which the database, too, gives up, so that it does not work for callers who are gone; and with
 * instants in UTC whatever the time zones.
 *
 * @param connection where they are sent
 * @param queryTimeout how long each may take, at least a second
 * @param statements in the database's dialect
 */
record Session(Connection connection, Duration queryTimeout, Statements statements) {
  /** Reads one row. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Reads all rows of a result. */
  @FunctionalInterface
  interface RowsReader<T> {
    T read(ResultSet rows) throws SQLException;
  }

  /** Does something with a statement that is prepared. */
  @FunctionalInterface
  private interface Step<T> {
    T run(PreparedStatement statement) throws SQLException;
  }

  <T> List<T> select(String query, RowReader<T> reader, @Nullable Object... values)
      throws SQLException {
    return selectAsIs(
        statements.in(connection, query),
        rows -> {
          List<T> result = new ArrayList<>();
          while (rows.next()) {
            result.add(reader.read(rows));
          }
          return result;
        },
        values);
  }

  /** Sends a query of the application's, which names tables of its own. */
  <T> T selectAsIs(String query, RowsReader<T> reader, @Nullable Object... values)
      throws SQLException {
    return send(
        query,
        statement -> {
          bind(statement, values);
          try (ResultSet rows = statement.executeQuery()) {
            return reader.read(rows);
          }
        });
  }

  /** Returns the time by the database's clock. */
  Instant now() throws SQLException {
    return select(Sql.SELECT_NOW, row -> instant(row, "now_utc")).get(0);
  }

  int update(String change, @Nullable Object... values) throws SQLException {
    return send(
        statements.in(connection, change),
        statement -> {
          bind(statement, values);
          return statement.executeUpdate();
        });
  }

  /** Makes a change once for each of several rows of values, in one batch. */
  void updateEach(String change, Collection<@Nullable Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    send(
        statements.in(connection, change),
        statement -> {
          for (@Nullable Object[] values : rows) {
            bind(statement, values);
            statement.addBatch();
          }
          return execute(statement);
        });
  }

  /** What some drivers say of a batch holds its values; what they say of the cause does not. */
  private static int[] execute(PreparedStatement batch) throws SQLException {
    try {
      return batch.executeBatch();
    } catch (BatchUpdateException e) {
      SQLException cause = e.getNextException();
      throw cause != null ? cause : new SQLException("a batch failed", e.getSQLState());
    }
  }

  private <T> T send(String text, Step<T> step) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      applyQueryTimeout(statement);
      return step.run(statement);
    }
  }

  private void applyQueryTimeout(PreparedStatement statement) {
    try {
      statement.setQueryTimeout((int) queryTimeout.toSeconds());
    } catch (SQLException | RuntimeException | LinkageError e) {
      // a driver without it; if the connection is broken, the statement will tell
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      statement.setObject(
          i + 1,
          value instanceof Instant instant
              ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
              : value);
    }
  }

  /** Reads an instant, which must be there. */
  static Instant instant(ResultSet row, String column) throws SQLException {
    Instant instant = nullableInstant(row, column);
    if (instant == null) {
      throw new SQLDataException("there is no instant in the column " + column);
    }
    return instant;
  }

  static @Nullable Instant nullableInstant(ResultSet row, String column) throws SQLException {
    try {
      LocalDateTime utc = row.getObject(column, LocalDateTime.class);
      return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    } catch (SQLDataException | RuntimeException e) {
      throw new SQLDataException("there is no readable instant in the column " + column, e);
    }
  }
}
