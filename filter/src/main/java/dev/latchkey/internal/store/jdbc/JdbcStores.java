package dev.latchkey.internal.store.jdbc;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.store.ApiKeyStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Driver;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
    if (settings.jdbcUrl() == null) {
      return open(settings, null, () -> {});
    }
    Drivers.Loaded loaded = Drivers.load(settings.jdbcUrl());
    return open(settings, loaded.driver(), loaded.forget());
  }

  private static ApiKeyStore open(JdbcSettings settings, @Nullable Driver driver, Runnable end) {
    try {
      return JdbcApiKeyStore.connect(settings, driver, end);
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
          () -> JdbcApiKeyStore.connect(settings, driver, () -> {}), RETRY_INTERVAL, end);
    }
  }
}
