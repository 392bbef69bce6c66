package dev.latchkey.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shop.OidcLoginSession;
import dev.latchkey.admin.ApiKeyAdminServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The class of docs/logins.md, in an application whose logins end. */
class LoginsTest {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final Instant end =
      Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
  private final HttpClient browser =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  @BeforeEach
  void start() throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
    context.setInitParameter("latchkey.jdbcUrl", "jdbc:h2:mem:" + UUID.randomUUID());
    context.addFilter(
        new FilterHolder(
            (request, response, chain) ->
                chain.doFilter(loggedIn((HttpServletRequest) request), response)),
        "/*",
        null);
    context.addServlet(
        new ServletHolder(
            new TestApplication.Servlet(
                (request, response) ->
                    request.getSession().setAttribute(OidcLoginSession.ENDS_AT, end))),
        "/login");
    ServletHolder servlet = new ServletHolder(new ApiKeyAdminServlet());
    servlet.setInitParameter("loginSession", OidcLoginSession.class.getName());
    context.addServlet(servlet, "/api-keys/*");
    server.setHandler(context);
    server.start();
  }

  /** A login of the application's own: who has been at the login page is alice. */
  private static HttpServletRequest loggedIn(HttpServletRequest request) {
    return request.getSession(false) == null
        ? request
        : new HttpServletRequestWrapper(request) {
          @Override
          public Principal getUserPrincipal() {
            return () -> "alice";
          }
        };
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private String send(HttpRequest.Builder request) throws Exception {
    return browser
        .send(request.header("Content-Type", "application/json").build(), BodyHandlers.ofString())
        .body();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/" + path));
  }

  @Test
  void keysEndWithTheLogin() throws Exception {
    assertThat(send(to("api-keys"))).contains("urn:latchkey:not-logged-in");
    send(to("login"));
    assertThat(send(to("api-keys")))
        .contains("\"validity\":{\"mode\":\"session\",\"expiresAt\":\"" + end + "\"}");
    assertThat(send(to("api-keys").POST(HttpRequest.BodyPublishers.ofString("{}"))))
        .contains("\"expiresAt\":\"" + end + "\"");
    assertThat(
            send(
                to("api-keys").POST(HttpRequest.BodyPublishers.ofString("{\"expiresInDays\":30}"))))
        .contains("urn:latchkey:expiry-set-by-session");
  }

  @Test
  void pageShowsThisClass() throws Exception {
    String source =
        Files.readString(Path.of("src/test/java/com/example/shop/OidcLoginSession.java"));
    assertThat(Files.readString(Path.of("../../../docs/logins.md")))
        .contains(source.substring(source.indexOf("import")))
        .contains("<param-value>" + OidcLoginSession.class.getName() + "</param-value>");
  }
}
