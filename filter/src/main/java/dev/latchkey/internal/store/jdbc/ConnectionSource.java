package dev.latchkey.internal.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.settings.JdbcUrl;
import dev.latchkey.internal.threads.TrackedThreads;
import java.sql.Driver;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source, and whether it is ours.
 *
 * @param dataSource where connections come from
 * @param name what to call it in messages, if it is the application's; null if it is ours
 * @param statements in the database's dialect
 * @param close ends what we opened
 */
record ConnectionSource(
    DataSource dataSource, @Nullable String name, Statements statements, Runnable close) {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration MAX_VALIDATION_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration MIN_HIKARI_TIMEOUT = Duration.ofMillis(250);

  /**
   * Opens what the settings name.
   *
   * @param driver for {@code jdbcUrl}; null without one
   */
  static ConnectionSource open(JdbcSettings settings, @Nullable Driver driver) {
    Statements statements = new Statements(settings.tableSchema());
    if (settings.dataSource() != null) {
      return ofApplication("dataSource", settings.dataSource(), statements);
    }
    if (settings.dataSourceJndiName() != null) {
      return ofApplication(
          "dataSourceJndiName " + settings.dataSourceJndiName(),
          lookUp(settings.dataSourceJndiName()),
          statements);
    }
    return pool(settings, Objects.requireNonNull(driver), statements);
  }

  /** The application's, which is used and left open. */
  static ConnectionSource ofApplication(
      String setting, DataSource dataSource, Statements statements) {
    String name = setting + " (" + dataSource.getClass().getName() + ")";
    ForeignTransactions.refuse(name, dataSource);
    return new ConnectionSource(dataSource, name, statements, () -> {});
  }

  @SuppressWarnings("BanJNDI") // the name comes from the application's own settings
  private static DataSource lookUp(String name) {
    String full = name.startsWith("java:") ? name : "java:comp/env/" + name;
    try {
      if (new InitialContext().lookup(full) instanceof DataSource found) {
        return found;
      }
      throw new IllegalArgumentException(
          "dataSourceJndiName: what is bound at " + full + " is not a DataSource");
    } catch (NameNotFoundException | NoInitialContextException e) {
      throw new IllegalArgumentException("dataSourceJndiName: nothing is bound at " + full, e);
    } catch (NamingException e) {
      throw new IllegalArgumentException(
          "dataSourceJndiName: what is bound at " + full + " cannot be had: " + e.getMessage(), e);
    }
  }

  /** Returns ours without the pool, for work that needs more connections at once than it holds. */
  ConnectionSource unpooled() {
    return name == null && dataSource instanceof HikariDataSource pool
        ? new ConnectionSource(pool.getDataSource(), null, statements, () -> {})
        : this;
  }

  private static ConnectionSource pool(
      JdbcSettings settings, Driver driver, Statements statements) {
    String url = Objects.requireNonNull(settings.jdbcUrl());
    TrackedThreads threads = new TrackedThreads();
    // Hikari would interrupt one of its own, which may be in the database.
    ScheduledThreadPoolExecutor housekeeping =
        new ScheduledThreadPoolExecutor(1, threads.named("latchkey-pool"));
    housekeeping.setRemoveOnCancelPolicy(true);
    housekeeping.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    housekeeping.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    HikariConfig config = new HikariConfig();
    config.setPoolName("latchkey");
    config.setThreadFactory(threads.named("latchkey-pool"));
    config.setScheduledExecutor(housekeeping);
    config.setDataSource(
        new UrlDataSource(
            driver,
            url,
            settings.jdbcUser(),
            password(settings),
            Vendor.ofUrl(url).driverDefaults(settings.jdbcTimeout())));
    config.setMaximumPoolSize(settings.jdbcPoolSize());
    config.setConnectionTimeout(
        Math.max(settings.jdbcTimeout().toMillis(), MIN_HIKARI_TIMEOUT.toMillis()));
    config.setValidationTimeout(
        Math.min(config.getConnectionTimeout(), MAX_VALIDATION_TIMEOUT.toMillis()));
    try {
      HikariDataSource pool = new HikariDataSource(config);
      return new ConnectionSource(
          pool, null, statements, () -> closeInTime(pool, housekeeping, threads));
    } catch (RuntimeException e) {
      housekeeping.shutdown();
      // Some drivers quote of the URL what may be a password.
      boolean quotesUrl = Causes.chain(e).anyMatch(cause -> isQuoted(url, cause));
      throw new StoreException(
          "no connection to the database at "
              + settings.place()
              + ": "
              + (quotesUrl ? "the driver does not understand this URL" : Causes.deepest(e)),
          quotesUrl ? null : e);
    } catch (Error e) { // such as a class that the driver misses
      housekeeping.shutdown();
      throw e;
    }
  }

  private static boolean isQuoted(String url, Throwable failure) {
    return failure.getMessage() != null && JdbcUrl.isGivenAway(url, failure.getMessage());
  }

  private static Supplier<@Nullable String> password(JdbcSettings settings) {
    return settings.jdbcPasswordFile() != null
        ? new PasswordFile(settings.jdbcPasswordFile())::password
        : settings::jdbcPassword;
  }

  /**
   * Closes a pool, and waits for it a bounded time: without an answer of the database it takes
   * long.
   */
  private static void closeInTime(
      HikariDataSource pool, ScheduledThreadPoolExecutor housekeeping, TrackedThreads threads) {
    Runnable end =
        () -> {
          pool.close();
          housekeeping.shutdown(); // afterwards, since the pool uses it to its end
        };
    threads.named("latchkey-close").newThread(end).start();
    threads.join(CLOSE_TIMEOUT);
  }
}
