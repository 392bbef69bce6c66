package dev.latchkey.benchmark.wire;

import dev.latchkey.benchmark.Keys;
import dev.latchkey.benchmark.hot.Subject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/**
 * A subject in front of a small servlet, in a Jetty that is left as it comes: {@code WireServer
 * <subject> <keys> <seed of the keys>}. It says which port it has, and serves until its input ends.
 */
final class WireServer {
  private WireServer() {}

  /** A hundred bytes, as small answers of APIs are. */
  private static final class Thing extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int LENGTH = 100;
    private static final String FORMAT = "{\"id\":42,\"name\":\"%s\"}";
    private static final String NAME = "x".repeat(LENGTH - FORMAT.formatted("").length());

    private final byte[] body = FORMAT.formatted(NAME).getBytes(StandardCharsets.US_ASCII);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("application/json");
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }
  }

  /** Serves. */
  public static void main(String[] arguments) throws Exception {
    int keys = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    Subject subject = Subject.open(arguments[0], Keys.generate(keys, seed));
    ServletContextHandler context = new ServletContextHandler();
    ServletHolder thing = new ServletHolder(new Thing());
    thing.setAsyncSupported(true);
    context.addServlet(thing, "/things/42");
    if (!arguments[0].equals(WireSuite.BARE)) {
      FilterHolder filter = new FilterHolder(subject.filter());
      filter.setAsyncSupported(true);
      context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
    }
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.setHandler(context);
    server.start();
    System.out.println("port " + server.getURI().getPort());
    server.join(); // until it is killed
  }
}
