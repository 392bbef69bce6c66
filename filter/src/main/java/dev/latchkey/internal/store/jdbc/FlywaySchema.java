package dev.latchkey.internal.store.jdbc;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.log.Causes;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Brings our tables to the version this code needs. Alone in knowing Flyway, which may be absent.
 */
final class FlywaySchema {
  private static final String UNKNOWN_DATABASE = "Unsupported Database";
  private static final int ATTEMPTS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  private final DataSource dataSource;
  private final Vendor vendor;
  private final @Nullable String tableSchema;

  /**
   * Prepares to migrate.
   *
   * @param tableSchema where our tables are to be; it is made if it is not there. Null if in the
   *     connection's own
   */
  FlywaySchema(DataSource dataSource, Vendor vendor, @Nullable String tableSchema) {
    this.dataSource = dataSource;
    this.vendor = vendor;
    this.tableSchema = tableSchema;
  }

  /**
   * Applies what is missing. Nodes that start at once may get into each other's way while the
   * history is set up, and a connection may be lost, which passes; so a failure counts only if it
   * lasts.
   *
   * @param clearFailures clears away what an attempt that failed has left in the history
   */
  void apply(Runnable clearFailures) {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        clearFailures.run();
        migrate();
        return;
      } catch (FlywayException e) {
        if (attempt == ATTEMPTS || isForbidden(e) || isForeign(e)) {
          throw new StoreException(
              "the schema could not be brought up to date; "
                  + (isForeign(e) ? "add " + vendor.flywayModule() : "mend what follows")
                  + ", or apply "
                  + vendor.schemaLocation()
                  + " yourself and set schemaMigration=none: "
                  + String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " "),
              e);
        }
      }
      sleep(pause);
      pause = pause.multipliedBy(2);
    }
  }

  private void migrate() {
    // The application's own tables and migrations may live in the same schema: a history of our
    // own, and a baseline before our first version, keep the two out of each other's way.
    FluentConfiguration configuration =
        Flyway.configure(FlywaySchema.class.getClassLoader())
            .dataSource(dataSource)
            .locations("classpath:" + vendor.schemaLocation())
            .table(Schema.HISTORY_TABLE)
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .loggers("slf4j");
    if (tableSchema != null) {
      configuration.schemas(tableSchema);
    }
    configuration.load().migrate();
  }

  /** The module that knows this database is not there. */
  private static boolean isForeign(FlywayException e) {
    return String.valueOf(e.getMessage()).contains(UNKNOWN_DATABASE);
  }

  /** The account lacks a right, which will not come by itself. */
  private static boolean isForbidden(FlywayException e) {
    return Causes.chain(e)
        .anyMatch(
            cause ->
                cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().startsWith("42"));
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while the schema was brought up to date", e);
    }
  }
}
