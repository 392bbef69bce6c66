package dev.latchkey.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.admin.ApiKeyAdminServlet;
import dev.latchkey.container.TestApplication.Servlet;
import dev.latchkey.servlet.ApiKeyFilter;
import dev.latchkey.test.RawPaths;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One filter on {@code /*} serves a whole application. */
interface EverywhereContract {
  /** A container that is not started yet. */
  Container newContainer();

  @Test
  default void theCompanionServletDecidesByItself() throws Exception {
    try (Container container = newContainer()) {
      Caller caller = new Caller(start(container));
      String key = Caller.secretIn(caller.addKey("alice"));
      assertThat(key).startsWith("lk_");

      for (String path : new String[] {"api-keys", "api-keys/", "api-keys/x", "api-keys?a=b"}) {
        assertThat(caller.get(path).body()).as(path).contains("urn:latchkey:not-logged-in");
        assertThat(caller.getWithKey(path, key).body())
            .as(path)
            .contains("urn:latchkey:login-required");
        assertThat(caller.get(path, "X-API-Key", key).statusCode()).isEqualTo(403);
      }
      assertThat(caller.get("api-keys/api-key-menu.js").statusCode()).isEqualTo(200);
      assertThat(caller.get("api-keys", "Authorization", "Bearer nonsense").body())
          .contains("urn:latchkey:invalid-key");
      assertThat(caller.get("api-keys", "Authorization", "Bearer").body())
          .contains("urn:latchkey:malformed-credentials");
      // Other schemes are the application's, even those that are keys elsewhere.
      byte[] password = ("x:" + key).getBytes(StandardCharsets.UTF_8);
      String basic = "Basic " + Base64.getEncoder().encodeToString(password);
      for (String authorization : new String[] {key, basic}) {
        assertThat(caller.get("api-keys", "Authorization", authorization).body())
            .contains("urn:latchkey:not-logged-in");
        assertThat(
                caller
                    .get("api-keys", "Authorization", authorization, "X-Test-User", "bob")
                    .statusCode())
            .isEqualTo(200);
      }
      assertThat(caller.get("api/secret", "Authorization", key).body()).isEqualTo("secret");

      // It is by its mapping that a request is for the servlet, not by what the path looks like.
      for (String path :
          new String[] {
            "api/secret",
            "api/secret;/api-keys/x",
            "api/secret?/api-keys",
            "api-keys-not",
            "public/to-companion"
          }) {
        assertThat(caller.get(path).body()).as(path).contains("urn:latchkey:missing-key");
      }
    }
  }

  @Test
  default void excludedPathsAreTheApplications() throws Exception {
    try (Container container = newContainer()) {
      Caller caller = new Caller(start(container));
      String key = Caller.secretIn(caller.addKey("alice"));
      for (String path :
          new String[] {"open", "open/", "public", "public/", "public/x", "api/a.css"}) {
        HttpResponse<String> anonymous = caller.get(path);
        assertThat(anonymous.body()).as(path).isEqualTo("null");
        assertThat(anonymous.headers().firstValue("API-Key-Expires")).isEmpty();
        assertThat(caller.getWithKey(path, key).body()).as(path).isEqualTo("null");
        assertThat(caller.get(path, "Authorization", "Bearer").body()).as(path).isEqualTo("null");
      }
      for (String path :
          new String[] {
            "open/x",
            "opening",
            "publicity",
            "api/secret",
            "api/secret;x.css",
            "api/secret?x.css",
            "api/secret/x.CSS",
            "api/a.css/secret"
          }) {
        assertThat(caller.get(path).body()).as(path).contains("urn:latchkey:missing-key");
        assertThat(caller.getWithKey(path, key).statusCode()).as(path).isNotEqualTo(401);
      }
      for (String path :
          new String[] {
            "public/..;/api/secret", "public/%2e%2e/api/secret", "public/..%2fapi/secret"
          }) {
        assertThat(caller.get(path).body()).as(path).isNotEqualTo("secret");
      }
      // What an excluded path dispatches to is judged by its own path.
      assertThat(caller.get("public/forward").body()).contains("urn:latchkey:missing-key");
      assertThat(caller.getWithKey("public/forward", key).body()).isEqualTo("secret");
      assertThat(caller.get("public/include").body()).isEqualTo("<>");
      assertThat(caller.getWithKey("public/include", key).body()).isEqualTo("<secret>");
      assertThat(caller.get("public/async").body()).contains("urn:latchkey:missing-key");
      assertThat(caller.getWithKey("public/async", key).body()).isEqualTo("secret");
      assertThat(caller.getWithKey("api/include-open", key).body()).isEqualTo("<alice>");
    }
  }

  /** Frameworks that match the URI as it was written find another target there. */
  @Test
  default void aPathThatIsNotInItsNormalFormIsNotExcluded() throws Exception {
    try (Container container = newContainer();
        RawPaths caller = new RawPaths(start(container).getPort(), "no-key")) {
      assertThat(caller.get("/public/x")).isEqualTo("200 null");
      assertThat(caller.get("/public;a=b/x")).isEqualTo("200 null");
      for (String path :
          List.of(
              "/api/../public/x",
              "/api/secret/../../public/x",
              "/api/secret/%2e%2e/%2e%2e/public/x",
              "/api/..;/public/x",
              "/public/./x",
              "/public//x",
              "/public/x/../../api/secret/../../public/x")) {
        assertThat(caller.get(path)).as(path).matches("(?s)40[01] .*|");
      }
    }
  }

  @Test
  default void aRefusalIsWrittenWhateverTheApplicationHasBegunToWrite() throws Exception {
    try (Container container = newContainer()) {
      Caller caller = new Caller(start(container));
      String key = Caller.secretIn(caller.addKey("alice"));
      for (String path : new String[] {"public/writer-forward", "public/stream-forward"}) {
        HttpResponse<String> refused = caller.get(path);
        assertThat(refused.statusCode()).as(path).isEqualTo(401);
        assertThat(refused.headers().firstValue("Content-Type").orElse(""))
            .startsWith("application/problem+json");
        assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(refused.body())
            .startsWith("{\"type\":\"urn:latchkey:missing-key\"")
            .endsWith("}");
        assertThat(caller.getWithKey(path, key).body()).as(path).isEqualTo("secret");
      }
      for (String path : new String[] {"public/stream-include", "public/committed-include"}) {
        HttpResponse<String> refused = caller.get(path);
        assertThat(refused.statusCode()).as(path).isEqualTo(200);
        assertThat(refused.body()).as(path).isEqualTo("<>");
      }
      HttpResponse<String> refused = caller.get("public/committed-async");
      assertThat(refused.statusCode()).isEqualTo(200);
      assertThat(refused.body()).isEqualTo("<");
    }
  }

  @Test
  default void accessLogsFindOwnerAndTag() throws Exception {
    try (Container container = newContainer()) {
      Caller caller = new Caller(start(container));
      HttpResponse<String> added = caller.addKey("alice");
      String key = Caller.secretIn(added);
      String tag = added.body().replaceAll("(?s).*\"tag\":\"([^\"]+)\".*", "$1");
      for (String path :
          new String[] {
            "api/secret", "public/forward", "public/include", "public/async", "api-keys"
          }) {
        caller.getWithKey(path, key); // the last is refused by 403
        assertThat(logged(caller)).as(path).isEqualTo("alice " + tag);
      }
      caller.get("api/secret");
      assertThat(logged(caller)).isEqualTo("null null");
      caller.get("api/secret", "Authorization", "Bearer nonsense");
      assertThat(logged(caller)).isEqualTo("null null");
    }
  }

  private static String logged(Caller caller) throws Exception {
    return caller.get("public/logged").body();
  }

  private static URI start(Container container) throws Exception {
    return container.start("/public/error-page", EverywhereContract::application);
  }

  private static void application(ServletContext context) {
    TestApplication.addFilter(context, "log", accessLog(), "/*");
    TestApplication.addFilter(context, "login", new TestApplication.TestLogin(), "/*");
    Map<String, String> params = new HashMap<>(TestApplication.initParams());
    params.put("excludedPaths", "/open , /public/*,*.css");
    params.put("acceptBareKey", "true");
    params.put("acceptBasic", "true");
    TestApplication.addFilter(context, "api-keys", new ApiKeyFilter(), "/*")
        .setInitParameters(params);
    TestApplication.add(context, new ApiKeyAdminServlet(), "admin", "/api-keys/*");
    add(context, EverywhereContract::secret, "/api/secret");
    add(context, (q, r) -> r.sendError(404), "/");
    add(
        context,
        (q, r) -> r.getWriter().print(q.getRemoteUser()),
        "/open/*",
        "/public/*",
        "/api/a.css");
    add(context, (q, r) -> q.getRequestDispatcher("/api/secret").forward(q, r), "/public/forward");
    add(
        context,
        (q, r) -> q.getRequestDispatcher("/api-keys").forward(q, r),
        "/public/to-companion");
    add(
        context,
        (q, r) -> {
          r.getWriter().print("<");
          q.getRequestDispatcher("/api/secret").include(q, r);
          r.getWriter().print(">");
        },
        "/public/include");
    add(
        context,
        (q, r) -> {
          r.getWriter().print("<");
          q.getRequestDispatcher("/public/x").include(q, r);
          r.getWriter().print(">");
        },
        "/api/include-open");
    add(context, (q, r) -> q.startAsync(q, r).dispatch("/api/secret"), "/public/async");
    add(
        context,
        (q, r) -> {
          r.getWriter().print("begun");
          q.getRequestDispatcher("/api/secret").forward(q, r);
        },
        "/public/writer-forward");
    add(
        context,
        (q, r) -> {
          r.getOutputStream().print("begun");
          q.getRequestDispatcher("/api/secret").forward(q, r);
        },
        "/public/stream-forward");
    add(
        context,
        (q, r) -> {
          r.getOutputStream().print("<");
          q.getRequestDispatcher("/api/secret").include(q, r);
          r.getOutputStream().print(">");
        },
        "/public/stream-include");
    add(
        context,
        (q, r) -> {
          r.getOutputStream().print("<");
          r.flushBuffer();
          q.getRequestDispatcher("/api/secret").include(q, r);
          r.getOutputStream().print(">");
        },
        "/public/committed-include");
    add(
        context,
        (q, r) -> {
          r.getOutputStream().print("<");
          r.flushBuffer();
          q.startAsync(q, r).dispatch("/api/secret");
        },
        "/public/committed-async");
    add(context, (q, r) -> r.getWriter().print(context.getAttribute("logged")), "/public/logged");
  }

  private static void secret(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      response.getWriter().print("secret");
    } catch (IllegalStateException e) {
      response.getOutputStream().print("secret");
    }
  }

  private static void add(ServletContext context, Servlet.Body body, String... paths) {
    TestApplication.add(context, new Servlet(body), paths[0], paths);
  }

  /** Notes what is known of a request when it has been answered. */
  private static Filter accessLog() {
    return (request, response, chain) -> {
      chain.doFilter(request, response);
      if (!((HttpServletRequest) request).getServletPath().equals("/public/logged")) {
        request
            .getServletContext()
            .setAttribute(
                "logged",
                request.getAttribute("dev.latchkey.owner")
                    + " "
                    + request.getAttribute("dev.latchkey.tag"));
      }
    };
  }
}
