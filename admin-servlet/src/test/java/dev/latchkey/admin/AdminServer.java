package dev.latchkey.admin;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.jetty.ee9.servlet.FilterHolder;
import org.eclipse.jetty.ee9.servlet.ServletContextHandler;
import org.eclipse.jetty.ee9.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The servlet in a Jetty of its own, over an H2; the field X-User says who is logged in. */
final class AdminServer implements AutoCloseable {
  static final String USER = "X-User: alice";

  final HttpConfiguration http = new HttpConfiguration();
  private final Server server = new Server();
  private final ServerConnector connector =
      new ServerConnector(
          server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
  private final ServletContextHandler context = new ServletContextHandler();
  final ApiKeys apiKeys;

  AdminServer() {
    this(ApiKeysConfig.builder().maxKeysPerUser(1000));
  }

  AdminServer(ApiKeysConfig.Builder settings) {
    apiKeys = ApiKeys.open(settings.jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID()).build());
  }

  /** Starts with the servlet where an application would mount it. */
  AdminServer start(Map<String, String> initParams) throws Exception {
    return start("/", "/api-keys/*", initParams);
  }

  AdminServer start(String contextPath, String pattern, Map<String, String> initParams)
      throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    context.setContextPath(contextPath);
    context.addFilter(
        new FilterHolder(new HeaderLogin()), "/*", EnumSet.allOf(DispatcherType.class));
    ServletHolder servlet = new ServletHolder(new ApiKeyAdminServlet(apiKeys));
    servlet.setInitParameters(initParams);
    servlet.setInitOrder(0); // at start
    context.addServlet(servlet, pattern);
    server.setHandler(context);
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw e;
    }
    return this;
  }

  int port() {
    return connector.getLocalPort();
  }

  /** Sends a request whose first lines a test gives, Host among them. */
  Answer send(String body, String... head) throws IOException {
    return Answer.to(port(), body.getBytes(StandardCharsets.UTF_8), head);
  }

  /** Sends JSON as the application's own page would. */
  Answer json(String method, String path, byte[] body) throws IOException {
    return Answer.to(
        port(),
        body,
        method + " " + path + " HTTP/1.1",
        "Host: 127.0.0.1",
        USER,
        "Sec-Fetch-Site: same-origin",
        "Content-Type: application/json");
  }

  Answer json(String method, String path, String body) throws IOException {
    return json(method, path, body.getBytes(StandardCharsets.UTF_8));
  }

  Answer get(String path, String... more) throws IOException {
    String[] head = {"GET " + path + " HTTP/1.1", "Host: 127.0.0.1", USER};
    return send("", Stream.concat(Arrays.stream(head), Arrays.stream(more)).toArray(String[]::new));
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      apiKeys.close();
    }
  }

  /** The application's login. */
  private static final class HeaderLogin implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      String user = ((HttpServletRequest) request).getHeader("X-User");
      chain.doFilter(user == null ? request : as(user, (HttpServletRequest) request), response);
    }

    private static HttpServletRequest as(String user, HttpServletRequest request) {
      return new HttpServletRequestWrapper(request) {
        @Override
        public Principal getUserPrincipal() {
          return () -> user.equals("(null)") ? null : user;
        }
      };
    }
  }
}
