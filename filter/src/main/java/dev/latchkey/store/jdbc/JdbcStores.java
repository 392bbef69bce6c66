package dev.latchkey.store.jdbc;

import dev.latchkey.store.ApiKeyStore;
import dev.latchkey.store.StoreException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the store that the settings describe. */
public final class JdbcStores {
  private static final Logger log = LoggerFactory.getLogger(JdbcStores.class);
  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

  private JdbcStores() {}

  /**
   * Opens the store.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   * @throws StoreException if the database cannot be reached, or has no usable schema, and {@code
   *     startWithoutStore} is not set
   */
  public static ApiKeyStore open(JdbcSettings settings) {
    Runnable end = settings.jdbcUrl() == null ? () -> {} : Drivers.load(settings.jdbcUrl());
    try {
      return JdbcApiKeyStore.connect(settings, end);
    } catch (RuntimeException | Error e) {
      if (!(e instanceof StoreException) || !settings.startWithoutStore()) {
        end.run();
        throw e;
      }
      log.warn("Starting without a store: {}", e.getMessage());
      return new LateApiKeyStore(
          () -> JdbcApiKeyStore.connect(settings, () -> {}), RETRY_INTERVAL, end);
    }
  }
}
