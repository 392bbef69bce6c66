package dev.latchkey.store.jdbc;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JDBC drivers, which register with the DriverManager when they are loaded. */
final class Drivers {
  private static final Logger log = LoggerFactory.getLogger(Drivers.class);

  private Drivers() {}

  /**
   * Loads the driver of a URL.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Driver find(String url) {
    for (Driver driver : ServiceLoader.load(Driver.class)) {
      try {
        if (driver.acceptsURL(url)) {
          return driver;
        }
      } catch (SQLException e) {
        throw new IllegalArgumentException("jdbcUrl is not one that its driver understands", e);
      }
    }
    throw new IllegalArgumentException(
        "jdbcUrl: no JDBC driver on the class path accepts it; add one, such as"
            + " org.mariadb.jdbc:mariadb-java-client");
  }

  /**
   * Has the DriverManager forget the drivers that came with the same web application as we: it
   * outlives the application, and would keep all its classes.
   */
  static void forget() {
    ClassLoader application = Drivers.class.getClassLoader();
    if (application != ClassLoader.getSystemClassLoader()) { // which the JVM keeps anyway
      DriverManager.drivers()
          .filter(driver -> driver.getClass().getClassLoader() == application)
          .forEach(Drivers::forget);
    }
  }

  private static void forget(Driver driver) {
    try {
      DriverManager.deregisterDriver(driver);
    } catch (SQLException e) {
      log.warn("The driver {} stays with the DriverManager", driver.getClass().getName(), e);
    }
  }
}
