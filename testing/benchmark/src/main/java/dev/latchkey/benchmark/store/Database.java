package dev.latchkey.benchmark.store;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.benchmark.BulkKeys;
import dev.latchkey.benchmark.Keys;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.jdbc.JdbcSettings;
import dev.latchkey.internal.store.jdbc.JdbcStores;
import dev.latchkey.manage.KeySecret;
import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A MariaDB of our own with one database that has our schema, and its counters. */
final class Database implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int NEXT_TO_NOTHING = 100;
  private static final int POOL_SIZE = 10;

  private final MariaDbServer server;
  private final String name;

  /** Starts one with these options. */
  Database(Map<String, String> options) {
    server =
        new MariaDbServer(
            MariaDbBinaries.bundled(),
            options.entrySet().stream()
                .map(option -> "--" + option.getKey() + "=" + option.getValue())
                .toArray(String[]::new));
    name = newDatabase();
  }

  private Database(MariaDbServer server) {
    this.server = server;
    this.name = newDatabase();
  }

  private String newDatabase() {
    String created = server.newDatabase();
    store(created, POOL_SIZE, true).close(); // creates the tables
    return created;
  }

  /**
   * Returns options that make it durable, as by default.
   *
   * @param bufferPool the memory for its pages, such as {@code 2G}
   * @param log the size of its log: with room for all that is filled in, filling is quicker
   */
  static Map<String, String> durable(String bufferPool, String log) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("innodb_buffer_pool_size", bufferPool);
    options.put("innodb_log_file_size", log);
    options.put("innodb_io_capacity", "20000");
    options.put("innodb_flush_log_at_trx_commit", "1");
    return options;
  }

  /** Returns one more database on the same server. */
  Database another() {
    return new Database(server);
  }

  /** Fills in so many {@link NumberedKeys}. */
  void fill(int rows) throws SQLException {
    execute("SET GLOBAL innodb_flush_log_at_trx_commit = 0");
    NumberedKeys.insert(server.url(name), 1, rows);
    execute("SET GLOBAL innodb_flush_log_at_trx_commit = 1");
  }

  /** Fills in so many keys whose secrets are known. */
  List<KeySecret> fillWithKeys(int count) throws SQLException {
    List<KeySecret> keys = Keys.generate(count);
    BulkKeys.insert(url(), MariaDbServer.USER, MariaDbServer.PASSWORD, keys);
    return keys;
  }

  private String url() {
    return server.url(name);
  }

  Connection connect() throws SQLException {
    return server.connect(name);
  }

  /** Returns the defaults, with this database. */
  ApiKeysConfig.Builder config() {
    return ApiKeysConfig.builder()
        .jdbcUrl(url())
        .jdbcUser(MariaDbServer.USER)
        .jdbcPassword(MariaDbServer.PASSWORD)
        .jdbcPoolSize(POOL_SIZE);
  }

  ApiKeyStore store() {
    return store(POOL_SIZE);
  }

  ApiKeyStore store(int poolSize) {
    return store(name, poolSize, false);
  }

  private ApiKeyStore store(String database, int poolSize, boolean migrateSchema) {
    return JdbcStores.open(
        new JdbcSettings(
            null,
            null,
            server.url(database),
            MariaDbServer.USER,
            MariaDbServer.PASSWORD,
            null,
            poolSize,
            Duration.ofSeconds(2),
            migrateSchema,
            false,
            null));
  }

  /** Waits until nothing is left to be written or cleared away of what was done before. */
  void settle() throws SQLException {
    execute("SET GLOBAL innodb_max_dirty_pages_pct = 0");
    await(() -> count("Innodb_buffer_pool_pages_dirty") <= NEXT_TO_NOTHING);
    execute("SET GLOBAL innodb_max_dirty_pages_pct = 90");
    settleHistory();
    System.out.println("filled"); // which takes minutes, and what follows wants a quiet machine
  }

  /** Waits until the versions of rows that nobody needs are cleared away. */
  void settleHistory() {
    await(() -> count("Innodb_history_list_length") <= NEXT_TO_NOTHING);
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

  long count(String counter) {
    return server.count(counter);
  }

  /** Returns the processor time that the server has had. */
  Duration cpu() {
    return server.handle().info().totalCpuDuration().orElseThrow();
  }

  /** Ends the server, with all its databases. */
  @Override
  public void close() {
    server.close();
  }
}
