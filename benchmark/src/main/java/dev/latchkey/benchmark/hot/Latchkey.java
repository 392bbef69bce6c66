package dev.latchkey.benchmark.hot;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.benchmark.BulkKeys;
import dev.latchkey.key.ApiKey;
import dev.latchkey.servlet.ApiKeyFilter;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The filter as an application has it, with its defaults, over a database in memory. Only what it
 * collects of last uses is not written: with the database in the same process its work would be
 * measured here, and it is measured by itself. And what is unknown is remembered for as long as a
 * measurement takes.
 */
final class Latchkey {
  private static final Duration LONG = Duration.ofDays(1);

  private Latchkey() {}

  static Subject open(int keys) {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    ApiKeys apiKeys =
        ApiKeys.open(
            ApiKeysConfig.builder()
                .jdbcUrl(url)
                .lastUsedFlushInterval(LONG)
                .unknownCacheTtl(LONG)
                .build());
    try {
      List<ApiKey> generated = Keys.generate(keys);
      BulkKeys.insert(url, "", "", generated);
      generated.forEach(key -> apiKeys.authenticate(key.reveal(), 0, () -> "127.0.0.1"));
      return new Subject(filter(apiKeys), Keys.bearer(generated), apiKeys::close);
    } catch (Exception e) {
      apiKeys.close();
      throw new IllegalStateException(e);
    }
  }

  private static Filter filter(ApiKeys apiKeys) throws Exception {
    ApiKeyFilter filter = new ApiKeyFilter(apiKeys);
    filter.init(new NoParameters());
    return filter;
  }
}
