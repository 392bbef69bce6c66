package dev.latchkey.store.jdbc;

import dev.latchkey.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings our tables to the version this code needs, or says that they are not there. */
final class Schema {
  private static final String HISTORY_TABLE = "latchkey_schema_history";

  private Schema() {}

  static void apply(DataSource dataSource, Vendor vendor) {
    try {
      // The application's own tables and migrations may live in the same schema: a history of our
      // own, and a baseline before our first version, keep the two out of each other's way.
      Flyway.configure(Schema.class.getClassLoader())
          .dataSource(dataSource)
          .locations("classpath:" + vendor.schemaLocation())
          .table(HISTORY_TABLE)
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .loggers("slf4j")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new StoreException(
          "the schema could not be brought up to date; mend what follows, or apply "
              + vendor.schemaLocation()
              + " yourself and set schemaMigration=none: "
              + e.getMessage(),
          e);
    }
  }

  static void expect(DataSource dataSource, Vendor vendor) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT key_hash, changed_at FROM latchkey_key WHERE 1 = 0").close();
    } catch (SQLException e) {
      throw new StoreException(
          "the table latchkey_key cannot be read and schemaMigration is none: apply "
              + vendor.schemaLocation()
              + " from the jar to the database, or set schemaMigration=apply",
          e);
    }
  }
}
