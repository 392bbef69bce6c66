package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.settings.JdbcUrl;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/** JDBC drivers, which register with the DriverManager when they are loaded. */
final class Drivers {
  private static final Logger log = System.getLogger(Drivers.class.getName());

  /** Some failures come again and again. */
  private static final int MAX_FAILURES = 100;

  private Drivers() {}

  /**
   * Finds the driver of a URL, whatever becomes of other drivers, such as of one that was compiled
   * for a newer Java.
   *
   * @throws IllegalArgumentException if there is none, or the URL's database is not supported
   */
  static Driver find(String url) {
    Vendor vendor = Vendor.ofUrl(url);
    if (vendor == Vendor.POSTGRESQL && JdbcUrl.hasAccount(url)) {
      // The driver takes it for a port, and logs it.
      throw new IllegalArgumentException(
          "jdbcUrl must not have an account before the host with PostgreSQL; set jdbcUser and"
              + " jdbcPassword");
    }
    Iterator<Driver> drivers = ServiceLoader.load(Driver.class).iterator();
    List<String> failures = new ArrayList<>();
    while (failures.size() < MAX_FAILURES) {
      try {
        if (!drivers.hasNext()) {
          break;
        }
        Driver driver = drivers.next();
        if (driver.acceptsURL(url)) {
          return driver;
        }
      } catch (SQLException | RuntimeException | ServiceConfigurationError | LinkageError e) {
        failures.add(Causes.deepest(e));
      }
    }
    String failed = String.join("; ", failures);
    throw new IllegalArgumentException(
        "jdbcUrl: no JDBC driver on the class path accepts it; add one, such as "
            + vendor.driver()
            // Some drivers quote of the URL what may be a password.
            + (failures.isEmpty() || JdbcUrl.isGivenAway(url, failed)
                ? ""
                : "; of others: " + failed));
  }

  /**
   * A driver.
   *
   * @param forget has the DriverManager forget it, and others that were loaded on the way
   */
  record Loaded(Driver driver, Runnable forget) {}

  /**
   * Loads the driver of a URL. The DriverManager outlives a web application, and would keep all its
   * classes; so it is to forget those that were not loaded before.
   *
   * @throws IllegalArgumentException if there is none, or the URL's database is not supported
   */
  static Loaded load(String url) {
    Set<Driver> before = registered();
    Driver driver = find(url);
    Set<Driver> ours = registered();
    ours.removeAll(before);
    return new Loaded(driver, () -> ours.forEach(Drivers::forget));
  }

  /** Returns those of this web application; the JVM's own stay anyway. */
  private static Set<Driver> registered() {
    ClassLoader application = Drivers.class.getClassLoader();
    Set<Driver> drivers = Collections.newSetFromMap(new IdentityHashMap<>());
    if (application != ClassLoader.getSystemClassLoader()) {
      DriverManager.drivers()
          .filter(driver -> driver.getClass().getClassLoader() == application)
          .forEach(drivers::add);
    }
    return drivers;
  }

  private static void forget(Driver driver) {
    try {
      DriverManager.deregisterDriver(driver);
    } catch (SQLException e) {
      log.log(
          Level.WARNING,
          Causes.explain(
              "Latchkey: driver "
                  + driver.getClass().getName()
                  + " not removed from the DriverManager, it may keep the application in memory",
              e));
    }
  }
}
