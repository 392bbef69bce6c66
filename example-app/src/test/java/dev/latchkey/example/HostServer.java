package dev.latchkey.example;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.admin.ApiKeyAdminServlet;
import dev.latchkey.test.HeaderLogin;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** An application with pages of a test, and a strict policy for them. */
final class HostServer implements AutoCloseable {
  /** What a request that changes something must bring along, if the test demands it. */
  static final String TOKEN = "X-CSRF-Token";

  private static final Map<String, String> CONTENT_TYPES =
      Map.of("html", "text/html", "js", "text/javascript", "svg", "image/svg+xml");

  private final ApiKeys apiKeys;
  private final Server server = new Server();
  private final Map<String, String> files = new ConcurrentHashMap<>();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final String policy;
  private final boolean demandsToken;
  volatile Optional<String> user = Optional.of("alice");

  /**
   * Starts one.
   *
   * @param mount where the servlet is
   * @param scripts where else scripts may come from; empty for nowhere
   */
  HostServer(
      String name,
      String mount,
      String scripts,
      boolean demandsToken,
      UnaryOperator<ApiKeysConfig.Builder> settings)
      throws Exception {
    this.demandsToken = demandsToken;
    policy =
        "default-src 'none'; script-src 'self' %s; style-src 'self'; img-src 'self'; connect-src 'self'"
            .formatted(scripts);
    apiKeys =
        ApiKeys.open(
            settings.apply(ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:" + name)).build());
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    EnumSet<DispatcherType> requests = EnumSet.of(DispatcherType.REQUEST);
    context.addFilter(new FilterHolder(new TokenFilter()), "/*", requests);
    context.addFilter(
        new FilterHolder(new HeaderLogin(request -> user.orElse(null))), "/*", requests);
    context.addServlet(new ServletHolder(new ApiKeyAdminServlet(apiKeys)), mount + "/*");
    context.addServlet(new ServletHolder(new FilesServlet()), "/");
    server.setHandler(context);
    server.start();
    file("icon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
  }

  /** Serves a file at the root. */
  void file(String name, String text) {
    files.put("/" + name, text);
  }

  URI uri() {
    return server.getURI().resolve("/");
  }

  /** Which methods came with which token. */
  Map<String, String> tokens() {
    return tokens;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server did not stop cleanly", e);
    } finally {
      apiKeys.close();
    }
  }

  /** Refuses changes without a token, and lets pages of others load our scripts. */
  private final class TokenFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      response.setHeader("Access-Control-Allow-Origin", "*");
      String token = request.getHeader(TOKEN);
      if (token != null) {
        tokens.put(request.getMethod(), token);
      }
      if (demandsToken && token == null && !request.getMethod().equals("GET")) {
        response.sendError(HttpServletResponse.SC_FORBIDDEN);
      } else {
        chain.doFilter(request, response);
      }
    }
  }

  private final class FilesServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String path = request.getRequestURI();
      String text = files.get(path);
      if (text == null) {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
        return;
      }
      response.setHeader("Content-Security-Policy", policy);
      response.setContentType(CONTENT_TYPES.get(path.substring(path.lastIndexOf('.') + 1)));
      response.setCharacterEncoding("UTF-8");
      response.getWriter().write(text);
    }
  }
}
