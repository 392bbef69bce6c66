package dev.latchkey.store.jdbc;

import dev.latchkey.store.SchemaMigration;
import dev.latchkey.store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Sees to it that our tables are there. */
final class Schema {
  /** The version of the last file in {@link Vendor#schemaLocation}. */
  static final String NEWEST_VERSION = "3";

  static final String HISTORY_TABLE = "latchkey_schema_history";

  private Schema() {}

  static void prepare(DataSource dataSource, Vendor vendor, SchemaMigration migration) {
    // Flyway takes half a second to find that there is nothing to do, which is most of a start.
    if (migration == SchemaMigration.APPLY && !isNewest(dataSource)) {
      FlywaySchema.apply(dataSource, vendor);
    }
    expect(dataSource, vendor);
  }

  /** Whether the history says so; where there is none yet, Flyway will make it. */
  private static boolean isNewest(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      String quote = connection.getMetaData().getIdentifierQuoteString();
      try (ResultSet rows =
          statement.executeQuery("SELECT * FROM " + quote + HISTORY_TABLE + quote)) {
        boolean newest = false;
        boolean failed = false;
        while (rows.next()) {
          newest |= NEWEST_VERSION.equals(rows.getString("version"));
          failed |= !rows.getBoolean("success");
        }
        return newest && !failed;
      }
    } catch (SQLException e) {
      return false;
    }
  }

  private static void expect(DataSource dataSource, Vendor vendor) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT key_hash, changed_at FROM latchkey_key WHERE 1 = 0").close();
      statement.executeQuery("SELECT owner FROM latchkey_disabled_owner WHERE 1 = 0").close();
    } catch (SQLException e) {
      throw new StoreException(
          "the tables latchkey_key and latchkey_disabled_owner cannot be read: apply "
              + vendor.schemaLocation()
              + " from the jar to the database, or set schemaMigration=apply",
          e);
    }
  }
}
