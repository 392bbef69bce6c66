package dev.latchkey.benchmark.hot;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.benchmark.BulkKeys;
import dev.latchkey.benchmark.Keys;
import dev.latchkey.internal.auth.RequestAuthenticator;
import dev.latchkey.manage.KeySecret;
import dev.latchkey.servlet.ApiKeyFilter;
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

  static Subject open(List<KeySecret> keys) {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    ApiKeys apiKeys =
        ApiKeys.open(
            ApiKeysConfig.builder()
                .jdbcUrl(url)
                .lastUsedFlushInterval(LONG)
                .unknownCacheTtl(LONG)
                .build());
    try {
      BulkKeys.insert(url, "", "", keys);
      List<String> texts = Keys.texts(keys);
      texts.forEach(
          text ->
              apiKeys.unwrap(RequestAuthenticator.class).authenticate(text, 0, () -> "127.0.0.1"));
      return new Subject(new ApiKeyFilter(apiKeys), Keys.bearer(texts), apiKeys::close);
    } catch (Exception e) {
      apiKeys.close();
      throw new IllegalStateException(e);
    }
  }
}
