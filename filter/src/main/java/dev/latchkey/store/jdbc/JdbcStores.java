package dev.latchkey.store.jdbc;

import dev.latchkey.log.Causes;
import dev.latchkey.store.ApiKeyStore;
import dev.latchkey.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Opens the store that the settings describe. */
public final class JdbcStores {
  private static final Logger log = System.getLogger(JdbcStores.class.getName());
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
      log.log(
          Level.WARNING,
          Causes.explain(
              "Latchkey: starting without key store, keys get 503 until it is there", e));
      return new LateApiKeyStore(
          () -> JdbcApiKeyStore.connect(settings, () -> {}), RETRY_INTERVAL, end);
    }
  }
}
