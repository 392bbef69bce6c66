package dev.latchkey.benchmark.cold;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.benchmark.BulkKeys;
import dev.latchkey.key.ApiKey;
import dev.latchkey.key.KeyFormat;
import dev.latchkey.key.KeyGenerator;
import dev.latchkey.store.SchemaMigration;
import dev.latchkey.store.jdbc.JdbcSettings;
import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A MariaDB of its own with keys that nobody has asked for yet. */
final class ColdDatabase implements AutoCloseable {
  private static final int POOL = 10;

  private final MariaDbServer server = new MariaDbServer(MariaDbBinaries.bundled());
  private final String url = server.url(server.newDatabase());
  private final List<ApiKey> keys;

  ColdDatabase(int count) throws SQLException {
    KeyGenerator generator = new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom());
    keys = Stream.generate(generator::newKey).limit(count).toList();
    ApiKeys.open(config().build()).close(); // makes the tables
    BulkKeys.insert(url, MariaDbServer.USER, MariaDbServer.PASSWORD, keys);
  }

  List<ApiKey> keys() {
    return keys;
  }

  /** The defaults, and this database. */
  ApiKeysConfig.Builder config() {
    return ApiKeysConfig.builder()
        .jdbcUrl(url)
        .jdbcUser(MariaDbServer.USER)
        .jdbcPassword(MariaDbServer.PASSWORD)
        .jdbcPoolSize(POOL);
  }

  /** The same for the store alone. */
  JdbcSettings settings() {
    return new JdbcSettings(
        null,
        null,
        url,
        MariaDbServer.USER,
        MariaDbServer.PASSWORD,
        null,
        POOL,
        Duration.ofSeconds(2),
        SchemaMigration.NONE,
        false);
  }

  @Override
  public void close() {
    server.close();
  }
}
