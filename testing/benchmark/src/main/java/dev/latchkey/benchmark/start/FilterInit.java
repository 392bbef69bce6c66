package dev.latchkey.benchmark.start;

import dev.latchkey.benchmark.JavaProcess;
import dev.latchkey.servlet.ApiKeyFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;

/**
 * Measures the milliseconds that a filter with init-params adds to the start of its container:
 * {@code FilterInit <URL> <user> <password>}.
 */
final class FilterInit {
  private FilterInit() {}

  /** The filter as a {@code web.xml} has it. */
  private static final class Timed extends FilterHolder {
    private double millis;

    Timed() {
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
    Timed filter = new Timed();
    filter.setName("api-keys");
    filter.setAsyncSupported(true);
    filter.setInitParameter("jdbcUrl", arguments[0]);
    filter.setInitParameter("jdbcUser", arguments[1]);
    filter.setInitParameter("jdbcPassword", arguments[2]);
    ServletContextHandler context = new ServletContextHandler();
    context.addFilter(filter, "/api/*", EnumSet.allOf(DispatcherType.class));
    Server server = new Server();
    server.setHandler(context);
    server.start();
    JavaProcess.measured(filter.millis);
    server.stop();
  }
}
