package dev.latchkey.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.store.StoreException;
import dev.latchkey.threads.OwnThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import javax.sql.DataSource;

/**
 * A data source, and whether it is ours to close.
 *
 * @param dataSource where connections come from
 * @param close ends what we opened
 */
record ConnectionSource(DataSource dataSource, Runnable close) {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
  private static final Duration LONGEST_VALIDATION = Duration.ofSeconds(1);
  private static final Duration SHORTEST_HIKARI_TIMEOUT = Duration.ofMillis(250);

  static ConnectionSource open(JdbcSettings settings) {
    if (settings.dataSource() != null) {
      return new ConnectionSource(settings.dataSource(), () -> {});
    }
    if (settings.dataSourceJndiName() != null) {
      return new ConnectionSource(lookUp(settings.dataSourceJndiName()), () -> {});
    }
    OwnThreads threads = new OwnThreads();
    HikariDataSource pool = pool(settings, threads);
    return new ConnectionSource(pool, () -> closeInTime(pool, threads));
  }

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

  private static HikariDataSource pool(JdbcSettings settings, OwnThreads threads) {
    String url = java.util.Objects.requireNonNull(settings.jdbcUrl());
    HikariConfig config = new HikariConfig();
    config.setPoolName("latchkey");
    config.setThreadFactory(threads.named("latchkey-pool"));
    config.setJdbcUrl(url);
    // By name, since a web application's driver is not always registered with the DriverManager.
    config.setDriverClassName(Drivers.find(url).getClass().getName());
    config.setUsername(settings.jdbcUser());
    config.setPassword(
        settings.jdbcPasswordFile() != null
            ? read(settings.jdbcPasswordFile())
            : settings.jdbcPassword());
    config.setMaximumPoolSize(settings.jdbcPoolSize());
    config.setConnectionTimeout(
        Math.max(settings.jdbcTimeout().toMillis(), SHORTEST_HIKARI_TIMEOUT.toMillis()));
    config.setValidationTimeout(
        Math.min(config.getConnectionTimeout(), LONGEST_VALIDATION.toMillis()));
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException e) {
      // Some drivers quote the whole URL, where a password may be.
      boolean quotesUrl = messages(e).contains(url);
      throw new StoreException(
          "no connection to the database at "
              + settings.place()
              + ": "
              + (quotesUrl ? "the driver does not understand this URL" : deepest(e)),
          quotesUrl ? null : e);
    }
  }

  /** A pool whose database does not answer takes long to close, and nobody needs to wait for it. */
  private static void closeInTime(HikariDataSource pool, OwnThreads threads) {
    threads.named("latchkey-close").newThread(pool::close).start();
    threads.join(CLOSE_PATIENCE);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).stripTrailing();
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalArgumentException("jdbcPasswordFile cannot be read: " + file, e);
    }
  }

  private static String deepest(Throwable e) {
    String deepest = e.toString();
    for (Throwable next = e; next != null; next = next.getCause()) {
      deepest = next.getMessage() == null ? deepest : next.getMessage();
    }
    return deepest;
  }

  private static String messages(Throwable e) {
    StringBuilder messages = new StringBuilder();
    for (Throwable next = e; next != null; next = next.getCause()) {
      messages.append(next.getMessage()).append('\n');
    }
    return messages.toString();
  }
}
