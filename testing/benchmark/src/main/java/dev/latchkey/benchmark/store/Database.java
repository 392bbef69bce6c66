package dev.latchkey.benchmark.store;

import dev.latchkey.benchmark.NumberedKeys;
import dev.latchkey.store.ApiKeyStore;
import dev.latchkey.store.SchemaMigration;
import dev.latchkey.store.jdbc.JdbcSettings;
import dev.latchkey.store.jdbc.JdbcStores;
import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A MariaDB of our own, durable as by default, and what it spends. */
final class Database implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int NEXT_TO_NOTHING = 100;
  private static final int POOL_SIZE = 10;

  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final MariaDbServer server;
  private final ProcessHandle process;

  /**
   * One that is up.
   *
   * @param bufferPool how large the part of it is that is in memory, such as {@code 2G}
   * @param log how large its log: one that has room for all that is filled in makes that quicker
   */
  Database(String bufferPool, String log) {
    parameters.put("innodb_buffer_pool_size", bufferPool);
    parameters.put("innodb_log_file_size", log);
    parameters.put("innodb_io_capacity", "20000");
    parameters.put("innodb_flush_log_at_trx_commit", "1");
    server =
        new MariaDbServer(
            MariaDbBinaries.bundled(),
            parameters.entrySet().stream()
                .map(option -> "--" + option.getKey() + "=" + option.getValue())
                .toArray(String[]::new));
    process = server.handle();
  }

  /** The options that it runs with, which every measurement states. */
  Map<String, String> parameters() {
    return parameters;
  }

  MariaDbServer server() {
    return server;
  }

  String url(String database) {
    return server.url(database);
  }

  /** A new database with our schema and so many {@link NumberedKeys}. */
  String filled(int rows) throws SQLException {
    String database = server.newDatabase();
    open(database).close(); // creates the tables
    execute("SET GLOBAL innodb_flush_log_at_trx_commit = 0");
    NumberedKeys.insert(url(database), MariaDbServer.USER, MariaDbServer.PASSWORD, 1, rows);
    execute("SET GLOBAL innodb_flush_log_at_trx_commit = 1");
    return database;
  }

  ApiKeyStore open(String database) {
    return open(database, POOL_SIZE, SchemaMigration.APPLY);
  }

  ApiKeyStore open(String database, int poolSize, SchemaMigration migration) {
    return JdbcStores.open(
        new JdbcSettings(
            null,
            null,
            url(database),
            MariaDbServer.USER,
            MariaDbServer.PASSWORD,
            null,
            poolSize,
            Duration.ofSeconds(2),
            migration,
            false));
  }

  /** Waits until nothing is left to be written or cleared away of what was done before. */
  void settle() throws SQLException {
    execute("SET GLOBAL innodb_max_dirty_pages_pct = 0");
    await(() -> server.count("Innodb_buffer_pool_pages_dirty") <= NEXT_TO_NOTHING);
    execute("SET GLOBAL innodb_max_dirty_pages_pct = 90");
    settleHistory();
  }

  /** Waits until the versions of rows that nobody needs are cleared away. */
  void settleHistory() {
    await(() -> server.count("Innodb_history_list_length") <= NEXT_TO_NOTHING);
  }

  private static void await(BooleanSupplier so) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the database does not come to rest");
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private void execute(String text) throws SQLException {
    try (Connection connection = server.connectAsRoot();
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  /** The processor time that the server has had. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  @Override
  public void close() {
    server.close();
  }
}
