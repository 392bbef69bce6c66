package dev.latchkey.internal.store.jdbc;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.store.ApiKeyStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Driver;
import java.time.Duration;
import java.util.function.Supplier;
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
      return open(settings, new Database(() -> connect(settings, null), () -> {}));
    }
    Drivers.Loaded loaded = Drivers.load(settings.jdbcUrl());
    return open(settings, new Database(() -> connect(settings, loaded.driver()), loaded.forget()));
  }

  private static ApiKeyStore open(JdbcSettings settings, Database database) {
    ApiKeyStore store = new JdbcApiKeyStore(database, transactions(settings, database::source));
    try {
      database.connect();
    } catch (RuntimeException | Error e) {
      if (!(e instanceof StoreException) || !settings.startWithoutStore()) {
        database.close();
        throw e;
      }
      log.log(
          Level.WARNING,
          Causes.explain(
              "Latchkey: starting without key store, keys get 503 until it is there", e));
      database.connectWithRetry(RETRY_INTERVAL, () -> log.log(Level.INFO, available(store)));
    }
    return store;
  }

  private static String available(ApiKeyStore store) {
    String available = "Latchkey: key store available";
    try {
      return store.database().map(database -> available + ": " + database).orElse(available);
    } catch (StoreException e) { // it has gone again
      return available;
    }
  }

  /** Connects, and brings the schema up to date or checks that it is there. */
  private static ConnectionSource connect(JdbcSettings settings, @Nullable Driver driver) {
    ConnectionSource source = ConnectionSource.open(settings, driver);
    try {
      Transactions transactions = transactions(settings, () -> source);
      Vendor vendor = vendor(settings, transactions);
      new Schema(transactions, vendor).prepare(source, settings.migrateSchema());
      return source;
    } catch (RuntimeException | Error e) { // such as a Flyway that is missing
      source.close().run();
      throw e;
    }
  }

  private static Vendor vendor(JdbcSettings settings, Transactions transactions) {
    String place = settings.place();
    try {
      return transactions.readWithRetry(
          "reach the database at " + place, session -> Vendor.of(session.connection()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place + " leads to " + e.getMessage(), e);
    }
  }

  private static Transactions transactions(
      JdbcSettings settings, Supplier<ConnectionSource> source) {
    return new Transactions(
        source, settings.jdbcTimeout(), Math.max(1, settings.jdbcPoolSize() / 2));
  }
}
