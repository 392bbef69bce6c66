package dev.latchkey.benchmark.start;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.LoggerFactory;

/**
 * Times the first query of a JVM, through the driver alone: {@code FirstConnection <URL> <user>
 * <password>}. It says how many nanoseconds that took. A filter can hardly start in less.
 */
final class FirstConnection {
  private FirstConnection() {}

  /** Times it. */
  public static void main(String[] arguments) throws SQLException {
    LoggerFactory.getLogger(FirstConnection.class).debug("Servers have their logging up already");
    long start = System.nanoTime();
    try (Connection connection =
            DriverManager.getConnection(arguments[0], arguments[1], arguments[2]);
        Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT owner FROM latchkey_owner WHERE 1 = 0").close();
    }
    System.out.println("nanos " + (System.nanoTime() - start));
  }
}
