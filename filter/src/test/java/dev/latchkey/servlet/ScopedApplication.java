package dev.latchkey.servlet;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.auth.ApiKeyPrincipal;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.test.HttpCaller;
import dev.latchkey.test.WebServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An application with scopes, one of which needs a role. */
final class ScopedApplication implements AutoCloseable {
  final Map<String, Set<String>> roles = new ConcurrentHashMap<>(Map.of("alice", Set.of("user")));
  final ApiKeys apiKeys;
  private final WebServer server = new WebServer("/");

  ScopedApplication() throws Exception {
    apiKeys =
        ApiKeys.open(
            ApiKeysConfig.builder()
                .jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1")
                .maxKeysPerUser(100)
                .ownerRoles(names -> roles)
                .scopes("open = Open", "orders = Orders", "admin = Administer", "read = Read")
                .scopeRules(
                    "* /api/orders/* = orders",
                    "* /api/open/* = open",
                    "* /api/admin/* = admin",
                    "GET *.txt = read",
                    "GET,HEAD /* = read")
                .scopeRoles("admin = administrator")
                .build());
    server
        .with("/*", new ApiKeyFilter(apiKeys))
        .with("/api/orders/*", new Teller("orders"), Map.of())
        .with("/api/open/*", new Teller("open"), Map.of())
        .with("/api/admin/*", new Teller("admin"), Map.of())
        .with("/", new Teller("others"), Map.of())
        .start();
  }

  /** Tells who it is, and what the caller may do. */
  private static final class Teller extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final String name;

    Teller(String name) {
      this.name = name;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String forward = request.getParameter("forward");
      if (forward != null && request.getDispatcherType() == DispatcherType.REQUEST) {
        try {
          request.getRequestDispatcher(forward).forward(request, response);
        } catch (ServletException e) {
          throw new IOException(e);
        }
        return;
      }
      ApiKeyPrincipal principal = (ApiKeyPrincipal) request.getUserPrincipal();
      List<String> has =
          List.of("SCOPE_open", "SCOPE_orders", "SCOPE_admin", "SCOPE_gone", "user").stream()
              .filter(request::isUserInRole)
              .toList();
      response.getWriter().write(name + " " + principal.scopes() + " " + has);
    }
  }

  IssuedKey add(KeyRequest request) {
    return apiKeys.service().add(KeyOwner.of("alice"), request);
  }

  IssuedKey limitedTo(String... scopes) {
    return add(KeyRequest.create().withScopes(List.of(scopes)));
  }

  HttpCaller caller(@Nullable IssuedKey key) {
    HttpCaller caller = new HttpCaller(server.uri());
    return key == null ? caller : caller.with("X-API-Key", key.secret().reveal());
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    apiKeys.close();
  }
}
