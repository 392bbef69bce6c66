package dev.latchkey.benchmark.store;

import dev.latchkey.benchmark.Samples;
import dev.latchkey.benchmark.Scale;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.jdbc.JdbcSettings;
import dev.latchkey.internal.store.jdbc.JdbcStores;
import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.PostgreSqlBinaries;
import dev.latchkey.test.PostgreSqlServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;

/**
 * What the first node of a new version does to the tables of many keys, and how long others wait
 * meanwhile: a look-up, and a change, one after the other on a connection of its own.
 */
public final class MigrationSuite {
  private static final String H2 = "H2";
  private static final int POOL_SIZE = 2;
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final String LOOK_UP = "SELECT tag FROM latchkey_key WHERE key_hash = ?";
  private static final String CHANGE =
      "UPDATE latchkey_key SET description = 'changed' WHERE key_hash = ?";

  /**
   * Takes the newest version back: then the tables are as a node of the version before left them.
   */
  private static final List<String> BACK_TO_6 =
      List.of(
          "DROP TABLE latchkey_event",
          "DROP INDEX latchkey_key_listed_at %1$s",
          "DROP INDEX latchkey_key_hint_end %1$s",
          "ALTER TABLE latchkey_key DROP COLUMN listed_at",
          "ALTER TABLE latchkey_key DROP COLUMN hint_end",
          "DELETE FROM %2$slatchkey_schema_history%2$s WHERE %2$sversion%2$s IN ('7', '8', '9')");

  /** A database, and how its dialect says things. */
  private record Subject(
      String name, String url, String user, String password, String onTable, String quote) {
    Connection connect() throws SQLException {
      return DriverManager.getConnection(url, user, password);
    }

    ApiKeyStore open() {
      return JdbcStores.open(
          new JdbcSettings(
              null, null, url, user, password, null, POOL_SIZE, TIMEOUT, true, false, null));
    }
  }

  private MigrationSuite() {}

  /** Measures. */
  public static void run(Samples samples, Scale scale) throws Exception {
    int rows = scale.of(1_000, 1_000_000);
    Samples of = samples.with("rows", rows);
    try (DatabaseServer mariaDb =
        new MariaDbServer(MariaDbBinaries.bundled(), "--innodb-buffer-pool-size=1G")) {
      measure(of, rows, subject("MariaDB", mariaDb, "ON latchkey_key", "`"));
    }
    try (DatabaseServer postgreSql =
        new PostgreSqlServer(PostgreSqlBinaries.bundled(), "shared_buffers=1GB")) {
      measure(of, rows, subject("PostgreSQL", postgreSql, "", "\""));
    }
    Path folder = Files.createTempDirectory("latchkey-h2");
    Path file = folder.resolve("keys");
    measure(
        of,
        rows,
        new Subject(
            H2, "jdbc:h2:" + file + ";CACHE_SIZE=1048576;TRACE_LEVEL_FILE=0", "sa", "", "", "\""));
    Files.delete(folder.resolve("keys.mv.db"));
    Files.delete(folder);
  }

  private static Subject subject(String name, DatabaseServer server, String onTable, String quote) {
    return new Subject(
        name,
        server.url(server.newDatabase()),
        DatabaseServer.USER,
        DatabaseServer.PASSWORD,
        onTable,
        quote);
  }

  private static void measure(Samples samples, int rows, Subject subject) throws Exception {
    Samples of = samples.with("database", subject.name());
    subject.open().close();
    AtomicBoolean isDone = new AtomicBoolean();
    try (Connection connection = subject.connect()) {
      NumberedKeys.insert(connection, rows);
      takeBack(connection, subject);
      System.out.println("filled " + subject.name());
      List<CompletableFuture<Double>> others = new ArrayList<>();
      if (!subject.name().equals(H2)) { // that is in the one process that uses it
        others.add(longest(subject, isDone, rows, LOOK_UP));
        others.add(longest(subject, isDone, rows, CHANGE));
      }
      long start = System.nanoTime();
      subject.open().close();
      of.add("start that migrates", "s", (System.nanoTime() - start) / 1e9);
      System.out.println("migrated " + subject.name());
      isDone.set(true);
      if (!others.isEmpty()) {
        of.add("longest look-up meanwhile", "s", others.get(0).join());
        of.add("longest change meanwhile", "s", others.get(1).join());
      }
    }
  }

  private static void takeBack(Connection connection, Subject subject) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : BACK_TO_6) {
        statement.execute(sql.formatted(subject.onTable(), subject.quote()));
      }
    }
  }

  private static CompletableFuture<Double> longest(
      Subject subject, AtomicBoolean isDone, int rows, String sql) {
    IntFunction<byte[]> hash = number -> NumberedKeys.hash(1 + number % rows).toBytes();
    return CompletableFuture.supplyAsync(
        () -> {
          double longest = 0;
          try (Connection connection = subject.connect();
              PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; !isDone.get(); i++) {
              long start = System.nanoTime();
              statement.setBytes(1, hash.apply(i));
              statement.execute();
              longest = Math.max(longest, (System.nanoTime() - start) / 1e9);
            }
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
          return longest;
        });
  }
}
