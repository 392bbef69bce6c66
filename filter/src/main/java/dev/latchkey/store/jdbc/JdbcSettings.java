package dev.latchkey.store.jdbc;

import dev.latchkey.store.SchemaMigration;
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
 * @param schemaMigration whether to create and upgrade our tables at start, or to expect them
 * @param startWithoutStore whether to start though the database cannot be reached
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
    SchemaMigration schemaMigration,
    boolean startWithoutStore) {
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
    if (jdbcPoolSize < 1) {
      throw new IllegalArgumentException("jdbcPoolSize must be at least 1, not " + jdbcPoolSize);
    }
  }

  /** Where the keys are kept, fit for a log: without the parameters, where passwords may hide. */
  String place() {
    if (jdbcUrl != null) {
      return "jdbcUrl " + jdbcUrl.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//");
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
