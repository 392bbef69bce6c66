package dev.latchkey.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prepared statements with every value bound, and instants in UTC whatever the time zones. */
final class Statements {
  private Statements() {}

  static List<KeyRow> select(Connection connection, String query, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, query, values);
        ResultSet rows = statement.executeQuery()) {
      List<KeyRow> result = new ArrayList<>();
      while (rows.next()) {
        result.add(KeyRow.read(rows));
      }
      return result;
    }
  }

  static int update(Connection connection, String change, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, change, values)) {
      return statement.executeUpdate();
    }
  }

  static PreparedStatement prepare(Connection connection, String text, @Nullable Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    try {
      giveUpInTime(statement, connection.getNetworkTimeout());
      bind(statement, values);
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  /** The database, too, gives up when we do: nothing is done, or waits, for nobody. */
  private static void giveUpInTime(PreparedStatement statement, int networkTimeoutMillis)
      throws SQLException {
    if (networkTimeoutMillis > 0) {
      statement.setQueryTimeout(Math.max(1, networkTimeoutMillis / 1_000));
    }
  }

  static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      statement.setObject(
          i + 1,
          value instanceof Instant instant
              ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
              : value);
    }
  }

  static Instant instant(ResultSet rows, int column) throws SQLException {
    return rows.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
  }

  static @Nullable Instant nullableInstant(ResultSet rows, int column) throws SQLException {
    LocalDateTime utc = rows.getObject(column, LocalDateTime.class);
    return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
  }
}
