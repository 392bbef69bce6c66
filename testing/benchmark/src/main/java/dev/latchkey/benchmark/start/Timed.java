package dev.latchkey.benchmark.start;

import dev.latchkey.benchmark.JavaProcess;
import dev.latchkey.servlet.ApiKeyFilter;
import jakarta.servlet.DispatcherType;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.slf4j.LoggerFactory;

/** Measures milliseconds in a new JVM: {@code Timed <what> <URL> <user> <password>}. */
final class Timed {
  /** What a filter with init-params adds to the start of its container. */
  static final String FILTER = "filter init";

  /** The first query through the driver alone; a filter can hardly start in less. */
  static final String DRIVER = "the driver's first query alone";

  private Timed() {}

  /** The filter as a {@code web.xml} has it. */
  private static final class Holder extends FilterHolder {
    private double millis;

    Holder() {
      super(ApiKeyFilter.class);
    }

    @Override
    public void initialize() throws Exception {
      long start = System.nanoTime();
      super.initialize();
      millis = (System.nanoTime() - start) / 1e6;
    }
  }

  /** Measures. */
  public static void main(String[] arguments) throws Exception {
    String url = arguments[1];
    String user = arguments[2];
    String password = arguments[3];
    JavaProcess.measured(
        arguments[0].equals(FILTER) ? filter(url, user, password) : driver(url, user, password));
  }

  private static double filter(String url, String user, String password) throws Exception {
    Holder filter = new Holder();
    filter.setName("api-keys");
    filter.setAsyncSupported(true);
    filter.setInitParameter("jdbcUrl", url);
    filter.setInitParameter("jdbcUser", user);
    filter.setInitParameter("jdbcPassword", password);
    ServletContextHandler context = new ServletContextHandler();
    context.addFilter(filter, "/api/*", EnumSet.allOf(DispatcherType.class));
    Server server = new Server();
    server.setHandler(context);
    server.start();
    server.stop();
    return filter.millis;
  }

  private static double driver(String url, String user, String password) throws SQLException {
    LoggerFactory.getLogger(Timed.class).debug("Servers have their logging up already");
    long start = System.nanoTime();
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT owner FROM latchkey_owner WHERE 1 = 0").close();
    }
    return (System.nanoTime() - start) / 1e6;
  }
}
