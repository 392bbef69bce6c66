package dev.latchkey.example;

import dev.latchkey.ApiKeys;
import dev.latchkey.FilterSettings;
import dev.latchkey.KeyRequirement;
import dev.latchkey.admin.ApiKeyAdminServlet;
import dev.latchkey.auth.StoreException;
import dev.latchkey.servlet.ApiKeyFilter;
import jakarta.servlet.Servlet;
import jakarta.servlet.SessionTrackingMode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.servlet.SessionHandler;
import org.eclipse.jetty.ee11.servlet.security.ConstraintMapping;
import org.eclipse.jetty.ee11.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.security.Constraint;
import org.eclipse.jetty.security.authentication.FormAuthenticator;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.jspecify.annotations.Nullable;

/** The example as a server that can be started and ended. */
public final class ExampleServer implements AutoCloseable {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  /** Long enough to send what is under way; who keeps a connection for later is not waited for. */
  private static final Duration SILENCE_AT_STOP = Duration.ofMillis(100);

  private final ApiKeys apiKeys;
  private final Server server;
  private final ServerConnector connector;

  /** It could not start; the message says why, in one line. */
  public static final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  private ExampleServer(ApiKeys apiKeys, int port) {
    this.apiKeys = apiKeys;
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    server = new Server();
    connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setShutdownIdleTimeout(SILENCE_AT_STOP.toMillis());
    server.addConnector(connector);
    server.setStopTimeout(STOP_PATIENCE.toMillis());
  }

  /** Starts the example with {@link Logins#FORM_ONLY}. */
  public static ExampleServer start(ExampleOptions options) {
    return start(options, Logins.FORM_ONLY);
  }

  /**
   * Starts the example.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   * @throws StartException if the database or the port is not to be had
   */
  public static ExampleServer start(ExampleOptions options, Logins logins) {
    ApiKeys apiKeys = open(options);
    ExampleServer example = new ExampleServer(apiKeys, options.port());
    try {
      example.connector.open(); // from here on it is known where we are reached
    } catch (IOException e) {
      example.close();
      throw new StartException(
          "cannot listen on 127.0.0.1:%d: %s; choose another --port"
              .formatted(options.port(), (e.getCause() == null ? e : e.getCause()).getMessage()),
          e);
    }
    try {
      example.server.setHandler(new GracefulHandler(example.context(logins)));
      example.server.start();
      return example;
    } catch (IllegalArgumentException e) {
      example.close();
      throw e;
    } catch (Exception e) {
      example.close();
      throw new StartException("cannot start: " + e.getMessage(), e);
    }
  }

  private static ApiKeys open(ExampleOptions options) {
    Optional<String> obstacle = options.embedded() ? Embedded.obstacle() : Optional.empty();
    if (obstacle.isPresent()) {
      throw new StartException(obstacle.get(), null);
    }
    try {
      return ApiKeys.open(options.config());
    } catch (StoreException e) {
      String otherwise = e.getMessage() + "; or --set startWithoutStore=true";
      throw new StartException(
          options.embedded() ? Embedded.lock(e).orElse(otherwise) : otherwise, e);
    }
  }

  private ServletContextHandler context(Logins logins) {
    ServletContextHandler context = new ServletContextHandler();
    context.setContextPath("/");
    context.setSessionHandler(sessions());
    context.setSecurityHandler(security());
    context.addServletContainerInitializer(logins.servlets(apiKeys, uri()));

    // What an application adds: the filter before its API, the servlet beside it.
    FilterSettings optional =
        apiKeys.filterSettings().toBuilder().credentials(KeyRequirement.OPTIONAL).build();
    context.addServletContainerInitializer(
        (classes, servlets) -> {
          new ApiKeyFilter(apiKeys).register(servlets, "api-keys", "/api/*");
          // So that the servlet knows, and refuses, who comes by an API key.
          new ApiKeyFilter(apiKeys, optional).register(servlets, "no-api-keys", "/api-keys/*");
        });
    ServletHolder ownKey = add(context, new ApiKeyAdminServlet(apiKeys, logins), "/api-keys/*");
    ownKey.setInitParameter("loginPage", "/login?return=/api-keys");
    ownKey.setInitParameter("apiUrl", "/api/whoami");
    ownKey.setInitParameter("administratorRole", "admin");
    ownKey.setInitParameter("issuerRole", "admin");

    add(context, new WhoAmIServlet(), "/api/whoami");
    add(context, new OrdersServlet(), "/api/orders");
    add(context, new LoginServlet(logins.link()), "/login");
    add(context, new LogoutServlet(), "/logout");
    add(context, new DisabledOwnersServlet(apiKeys), DisabledOwnersServlet.PATH + "/*");
    add(context, new HealthServlet(apiKeys::isStoreAvailable), "/health");
    add(context, new HomeServlet(), "");
    add(context, new StyleServlet(), "/style.css");
    return context;
  }

  private static ServletHolder add(ServletContextHandler context, Servlet servlet, String path) {
    ServletHolder holder = new ServletHolder(servlet);
    context.addServlet(holder, path);
    return holder;
  }

  private static SessionHandler sessions() {
    SessionHandler sessions = new SessionHandler();
    sessions.setHttpOnly(true);
    sessions.setSameSite(HttpCookie.SameSite.LAX);
    sessions.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
    return sessions;
  }

  private static ConstraintSecurityHandler security() {
    ConstraintSecurityHandler security = new ConstraintSecurityHandler();
    security.setLoginService(DemoUsers.loginService());
    security.setAuthenticator(new FormAuthenticator("/login", "/login", false));
    // TRACE would echo the caller's key. (Jetty warns of methods that nothing is said about.)
    ConstraintMapping noTrace = everywhere(Constraint.FORBIDDEN);
    noTrace.setMethod("TRACE");
    security.addConstraintMapping(noTrace);
    ConstraintMapping others = everywhere(Constraint.ALLOWED);
    others.setMethodOmissions(new String[] {"TRACE"});
    security.addConstraintMapping(others);
    return security;
  }

  private static ConstraintMapping everywhere(Constraint constraint) {
    ConstraintMapping mapping = new ConstraintMapping();
    mapping.setPathSpec("/*");
    mapping.setConstraint(constraint);
    return mapping;
  }

  /** Returns which database keeps the keys, if it has been reached. */
  Optional<String> database() {
    return apiKeys.database();
  }

  /** Where it serves, with a slash at the end. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/");
  }

  /** Waits until it has ended. */
  public void join() throws InterruptedException {
    server.join();
  }

  /** Lets the requests under way end, then writes what is still to be written. */
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
}
