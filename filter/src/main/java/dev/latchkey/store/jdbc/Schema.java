package dev.latchkey.store.jdbc;

import dev.latchkey.store.SchemaMigration;
import dev.latchkey.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Sees to it that our tables are there. */
final class Schema {
  private Schema() {}

  static void prepare(DataSource dataSource, Vendor vendor, SchemaMigration migration) {
    if (migration == SchemaMigration.APPLY) {
      FlywaySchema.apply(dataSource, vendor);
    }
    expect(dataSource, vendor);
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
