package dev.latchkey.benchmark.store;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.benchmark.BulkKeys;
import dev.latchkey.benchmark.Keys;
import dev.latchkey.benchmark.Samples;
import dev.latchkey.benchmark.Scale;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.jdbc.JdbcSettings;
import dev.latchkey.internal.store.jdbc.JdbcStores;
import dev.latchkey.manage.KeySecret;
import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.PostgreSqlBinaries;
import dev.latchkey.test.PostgreSqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * MariaDB and PostgreSQL side by side, with few keys and with many: each as durable as it is by
 * default, and with all rows in memory. They take turns, sample by sample, so that whatever else
 * slows the machine down slows all of them.
 */
public final class DatabasesSuite {
  private static final List<Integer> SIZES = List.of(10_000, 1_000_000);
  private static final List<Integer> SMOKE_SIZES = List.of(100, 1_000);
  private static final int SAMPLES = 5;
  private static final int THREADS = 64;
  private static final int POOL_SIZE = 10;

  @FunctionalInterface
  private interface Work {
    double measure(Subject subject, int times) throws Exception;
  }

  /** An operation, and how often it is done a sample. */
  private record Operation(String name, String unit, int times, Work work) {}

  private static final List<Operation> OPERATIONS =
      List.of(
          new Operation("look-up of 1", "µs", 1_000, (of, times) -> of.table().lookUp(times, 1)),
          new Operation("look-up of 512", "µs", 50, (of, times) -> of.table().lookUp(times, 512)),
          new Operation("poll", "µs", 500, (of, times) -> of.table().poll(times)),
          new Operation("add", "µs", 200, (of, times) -> of.table().add(times)),
          new Operation("burst", "keys/s", 20_000, Subject::burst));

  /**
   * A database with so many rows.
   *
   * @param known keys besides whose secrets are known
   */
  private record Subject(
      String name, DatabaseServer server, String database, Table table, List<KeySecret> known) {

    double burst(int count) throws Exception {
      ApiKeysConfig config =
          ApiKeysConfig.builder()
              .jdbcUrl(server.url(database))
              .jdbcUser(DatabaseServer.USER)
              .jdbcPassword(DatabaseServer.PASSWORD)
              .jdbcPoolSize(POOL_SIZE)
              .build();
      try (ApiKeys apiKeys = ApiKeys.open(config)) {
        List<KeySecret> asked = known.subList(0, Math.min(count, known.size()));
        return Burst.of(THREADS, asked, key -> Traffic.ask(apiKeys, key)).rate();
      }
    }
  }

  private DatabasesSuite() {}

  /** Measures. */
  public static void run(Samples samples, Scale scale) throws Exception {
    List<Subject> subjects = new ArrayList<>();
    try (DatabaseServer mariaDb =
            new MariaDbServer(MariaDbBinaries.bundled(), "--innodb-buffer-pool-size=2G");
        DatabaseServer postgreSql =
            new PostgreSqlServer(PostgreSqlBinaries.bundled(), "shared_buffers=2GB")) {
      try {
        for (int rows : scale == Scale.SMOKE ? SMOKE_SIZES : SIZES) {
          subjects.add(subject("MariaDB", mariaDb, "ANALYZE TABLE latchkey_key", rows, scale));
          subjects.add(
              subject("PostgreSQL", postgreSql, "VACUUM ANALYZE latchkey_key", rows, scale));
        }
        measure(samples, scale, subjects);
      } finally {
        for (Subject subject : subjects) {
          subject.table().close();
        }
      }
    }
  }

  private static void measure(Samples samples, Scale scale, List<Subject> subjects)
      throws Exception {
    for (Operation operation : OPERATIONS) {
      int times = scale.of(2, operation.times());
      for (int i = 0; i <= scale.of(1, SAMPLES); i++) {
        for (Subject subject : subjects) {
          double measured = operation.work().measure(subject, times);
          if (i > 0) { // the first one warms up
            samples
                .with("database", subject.name())
                .with("rows", subject.table().rows())
                .add(operation.name(), operation.unit(), measured);
          }
        }
      }
    }
  }

  private static Subject subject(
      String name, DatabaseServer server, String settle, int rows, Scale scale)
      throws SQLException {
    String database = server.newDatabase();
    ApiKeyStore store = store(server.url(database));
    Connection connection = server.connect(database);
    NumberedKeys.insert(connection, rows);
    List<KeySecret> known = Keys.generate(scale.of(10, 20_000));
    BulkKeys.insert(server.url(database), DatabaseServer.USER, DatabaseServer.PASSWORD, known);
    try (Statement statement = connection.createStatement()) {
      statement.execute(settle);
    }
    return new Subject(name, server, database, new Table(store, connection, rows), known);
  }

  private static ApiKeyStore store(String url) {
    return JdbcStores.open(
        new JdbcSettings(
            null,
            null,
            url,
            DatabaseServer.USER,
            DatabaseServer.PASSWORD,
            null,
            POOL_SIZE,
            Duration.ofSeconds(2),
            true,
            false,
            null));
  }
}
