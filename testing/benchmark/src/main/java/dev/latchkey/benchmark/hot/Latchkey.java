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
import org.jspecify.annotations.Nullable;

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
    return open(keys, null);
  }

  /** The same with keys that are limited to one scope, and rules as the example has them. */
  static Subject openLimited(List<KeySecret> keys) {
    return open(keys, "read");
  }

  private static Subject open(List<KeySecret> keys, @Nullable String scope) {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    ApiKeys apiKeys =
        ApiKeys.open(
            ApiKeysConfig.builder()
                .jdbcUrl(url)
                .lastUsedFlushInterval(LONG)
                .unknownCacheTtl(LONG)
                .scopes(
                    "read = Read only", "orders:read = Read orders", "orders:write = Change orders")
                .scopeRules(
                    "GET,HEAD,OPTIONS /api/orders = orders:read read",
                    "* /api/orders = orders:write",
                    "GET,HEAD,OPTIONS /* = read")
                .build());
    try {
      BulkKeys.insert(url, "", "", keys);
      if (scope != null) {
        BulkKeys.limit(url, "", "", scope);
      }
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
