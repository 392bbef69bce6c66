package dev.latchkey.internal.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Our statements as one database takes them: by its clock, and with its tables in the schema that
 * the settings name. Each is made once.
 *
 * <p>Thread-safe.
 */
final class Statements {
  /** Begins the name of a table of ours, and of nothing else, but for what has a schema already. */
  private static final Pattern TABLE = Pattern.compile("(?<![\\w.`\"])(?=latchkey_)");

  private final @Nullable String schema;
  private final Map<String, String> made = new ConcurrentHashMap<>();

  /**
   * Prepares to make statements.
   *
   * @param schema where our tables are; null if in the connection's own
   */
  Statements(@Nullable String schema) {
    this.schema = schema;
  }

  @Nullable String schema() {
    return schema;
  }

  /** Returns a statement of ours in the connection's dialect. */
  String in(Connection connection, String statement) throws SQLException {
    String text = made.get(statement);
    if (text == null) {
      text =
          TABLE
              .matcher(statement)
              .replaceAll(Matcher.quoteReplacement(qualifier(connection)))
              .replace(Sql.NOW, Vendor.of(connection).utcNow());
      made.put(statement, text);
    }
    return text;
  }

  /** Returns the full name of a table whose letters keep their case. */
  String quotedTable(Connection connection, String name) throws SQLException {
    return qualifier(connection) + quoted(connection, name);
  }

  private String qualifier(Connection connection) throws SQLException {
    return schema == null ? "" : quoted(connection, schema) + ".";
  }

  static String quoted(Connection connection, String name) throws SQLException {
    String quote = connection.getMetaData().getIdentifierQuoteString();
    return quote + name + quote;
  }
}
