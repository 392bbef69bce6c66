package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.settings.JdbcUrl;
import dev.latchkey.internal.settings.SettingValues;
import dev.latchkey.internal.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys are kept, and how to get there: exactly one of a URL, a data source, or the JNDI
 * name of one. Components are named as the settings are.
 *
 * @param dataSource the application's own; we neither open nor close it
 * @param dataSourceJndiName where the application's own is bound
 * @param jdbcUrl where to open a pool of our own to
 * @param jdbcUser the account, for {@code jdbcUrl}
 * @param jdbcPassword its password
 * @param jdbcPasswordFile or a file that holds it
 * @param jdbcPoolSize how many connections our pool holds
 * @param jdbcTimeout how long to wait for a connection, and for an answer
 * @param migrateSchema whether to create and upgrade our tables at start, or to expect them
 * @param startWithoutStore whether to start though the database cannot be reached
 * @param tableSchema where our tables are; null if in the connection's own
 */
public record JdbcSettings(
    @Nullable DataSource dataSource,
    @Nullable String dataSourceJndiName,
    @Nullable String jdbcUrl,
    @Nullable String jdbcUser,
    @Nullable String jdbcPassword,
    @Nullable Path jdbcPasswordFile,
    int jdbcPoolSize,
    Duration jdbcTimeout,
    boolean migrateSchema,
    boolean startWithoutStore,
    @Nullable String tableSchema) {
  /**
   * Checks the settings against each other.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  public JdbcSettings {
    long places =
        Stream.of(dataSource, dataSourceJndiName, jdbcUrl).filter(Objects::nonNull).count();
    if (places != 1) {
      throw new IllegalArgumentException(
          (places == 0 ? "jdbcUrl is missing: set it" : "jdbcUrl is one setting too many: set it")
              + ", or dataSourceJndiName, or hand over a DataSource; exactly one of them");
    }
    if (jdbcUrl == null && (jdbcUser != null || jdbcPassword != null || jdbcPasswordFile != null)) {
      throw new IllegalArgumentException(
          "jdbcUser, jdbcPassword and jdbcPasswordFile go with jdbcUrl; a DataSource has its own");
    }
    if (jdbcPassword != null && jdbcPasswordFile != null) {
      throw new IllegalArgumentException("jdbcPassword and jdbcPasswordFile exclude each other");
    }
  }

  /**
   * Takes the settings out of all.
   *
   * @param dataSource the application's own, if it hands one over
   * @throws IllegalArgumentException naming the settings that contradict each other
   */
  public static JdbcSettings of(SettingValues values, @Nullable DataSource dataSource) {
    return new JdbcSettings(
        dataSource,
        values.find(Settings.DATA_SOURCE_JNDI_NAME),
        values.find(Settings.JDBC_URL),
        values.find(Settings.JDBC_USER),
        values.find(Settings.JDBC_PASSWORD),
        values.find(Settings.JDBC_PASSWORD_FILE),
        values.get(Settings.JDBC_POOL_SIZE),
        values.get(Settings.LOOKUP_TIMEOUT),
        values.get(Settings.SCHEMA_MIGRATION).equals("apply"),
        values.get(Settings.START_WITHOUT_STORE),
        values.find(Settings.TABLE_SCHEMA));
  }

  /** Where the keys are kept, fit for a log: without the parameters, where passwords may hide. */
  String place() {
    if (jdbcUrl != null) {
      return "jdbcUrl " + JdbcUrl.withoutSecrets(jdbcUrl);
    }
    return dataSourceJndiName != null
        ? "dataSourceJndiName " + dataSourceJndiName
        : "the application's DataSource";
  }

  @Override
  public String toString() {
    return "JdbcSettings[" + place() + "]";
  }
}
