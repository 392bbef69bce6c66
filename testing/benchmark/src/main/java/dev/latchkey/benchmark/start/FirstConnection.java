package dev.latchkey.benchmark.start;

import dev.latchkey.benchmark.JavaProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.LoggerFactory;

/**
 * Measures the milliseconds of a JVM's first query, through the driver alone: {@code
 * FirstConnection <URL> <user> <password>}. A filter can hardly start in less.
 */
final class FirstConnection {
  private FirstConnection() {}

  /** Measures. */
  public static void main(String[] arguments) throws SQLException {
    LoggerFactory.getLogger(FirstConnection.class).debug("Servers have their logging up already");
    long start = System.nanoTime();
    try (Connection connection =
            DriverManager.getConnection(arguments[0], arguments[1], arguments[2]);
        Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT owner FROM latchkey_owner WHERE 1 = 0").close();
    }
    JavaProcess.measured((System.nanoTime() - start) / 1e6);
  }
}
