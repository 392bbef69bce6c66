package dev.latchkey.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.admin.ApiKeyAdminServlet;
import dev.latchkey.container.TestApplication.Servlet;
import dev.latchkey.servlet.ApiKeyFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An error page is shown, and opens nothing; wherever it lies, whatever it does. */
interface ErrorPageContract {
  /** A container that is not started yet. */
  Container newContainer();

  @ParameterizedTest
  @ValueSource(strings = {"/api/error-page", "/public/error-page"})
  default void whatAnErrorPageDispatchesToIsJudgedAsIfItCameByItself(String page) throws Exception {
    try (Container container = newContainer()) {
      Caller caller = new Caller(container.start(page, context -> application(context, page)));
      String key = Caller.secretIn(caller.addKey("alice"));
      assertThat(key).startsWith("lk_");

      assertThat(shown(caller, "itself")).isEqualTo("418 page");
      assertThat(shown(caller, "forward /public/open")).isEqualTo("418 open");
      assertThat(shown(caller, "include /public/open")).isEqualTo("418 <open>");

      for (String dispatch : new String[] {"forward /api/secret", "forward /public/forward"}) {
        assertThat(shown(caller, dispatch)).as(dispatch).startsWith("401 ").contains("missing-key");
        assertThat(shown(caller, dispatch, key)).as(dispatch).isEqualTo("418 secret of alice");
      }
      assertThat(shown(caller, "include /api/secret")).isEqualTo("418 <>");
      assertThat(shown(caller, "include /api/secret", key)).isEqualTo("418 <secret of alice>");
      for (String dispatch :
          new String[] {
            "include /public/forward",
            "forward /public/include",
            "async /api/secret",
            "async /public/forward",
            "async /public/include",
            "late-forward /api/secret",
            "late-include /api/secret",
            "late-forward /public/forward",
            "forward-by-name secret",
            "include-by-name secret"
          }) {
        assertThat(shown(caller, dispatch)).as(dispatch).doesNotContain("secret");
      }
      for (String harmless : new String[] {"fail", "async " + page, "async /public/open"}) {
        assertThat(shown(caller, harmless)).as(harmless).doesNotContain("urn:latchkey");
      }

      // A refusal is whole, or, if what the page has begun is on its way by then, left out.
      for (String begun : new String[] {"begun-by-writer", "begun-by-stream"}) {
        assertThat(shown(caller, begun + " /api/secret")).as(begun).matches("401 \\{.*}|418 page");
      }

      // What was judged before stays so.
      assertThat(caller.get("api/fail", "X-Page", "forward /api/secret").statusCode())
          .isEqualTo(401);
      assertThat(caller.getWithKey("api/fail", key, "X-Page", "forward /api/secret").body())
          .isEqualTo("secret of alice");
      // A preflight is never judged.
      for (String path : new String[] {"api/fail", "public/fail"}) {
        assertThat(
                caller
                    .send(
                        "OPTIONS",
                        path,
                        "Origin",
                        "https://example.org",
                        "Access-Control-Request-Method",
                        "GET",
                        "X-Page",
                        "forward /api/secret")
                    .body())
            .as("preflight of %s", path)
            .doesNotContain("secret");
      }
    }
  }

  private static String shown(Caller caller, String does, String... key) throws Exception {
    HttpResponse<String> answer =
        key.length == 0
            ? caller.get("public/fail", "X-Page", does)
            : caller.getWithKey("public/fail", key[0], "X-Page", does);
    return answer.statusCode() + " " + answer.body();
  }

  private static void application(ServletContext context, String page) {
    TestApplication.addFilter(context, "login", new TestApplication.TestLogin(), "/*");
    TestApplication.addFilter(context, "late", new Late(), "/*");
    FilterRegistration.Dynamic filter =
        TestApplication.addFilter(context, "api-keys", new ApiKeyFilter(), "/api/*");
    filter.setInitParameters(TestApplication.initParams());
    // What is dispatched to by name has no path.
    filter.addMappingForServletNames(EnumSet.allOf(DispatcherType.class), true, "secret");
    TestApplication.add(context, new ApiKeyAdminServlet(), "admin", "/api-keys/*");
    TestApplication.add(
        context,
        new Servlet(
            (q, r) ->
                r.getWriter()
                    .print(q.getMethod().equals("GET") ? "secret of " + q.getRemoteUser() : "")),
        "secret",
        "/api/secret");
    TestApplication.add(
        context, new Servlet((q, r) -> r.sendError(418)), "fail", "/api/fail", "/public/fail");
    TestApplication.add(
        context, new Servlet((q, r) -> r.getWriter().print("open")), "open", "/public/open");
    TestApplication.add(
        context,
        new Servlet((q, r) -> dispatcher(q, "/api/secret").forward(q, r)),
        "forward",
        "/public/forward");
    TestApplication.add(
        context,
        new Servlet((q, r) -> dispatcher(q, "/api/secret").include(q, r)),
        "include",
        "/public/include");
    TestApplication.add(context, new Servlet(ErrorPageContract::page), "page", page);
  }

  /** Does what a header says. */
  private static void page(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String[] does = Objects.requireNonNullElse(request.getHeader("X-Page"), "itself").split(" ");
    switch (does[0]) {
      case "forward" -> dispatcher(request, does[1]).forward(request, response);
      case "include" -> {
        response.getWriter().print("<");
        dispatcher(request, does[1]).include(request, response);
        response.getWriter().print(">");
      }
      case "begun-by-writer", "begun-by-stream" -> {
        if (does[0].endsWith("writer")) {
          response.getWriter().print("page");
        } else {
          response.getOutputStream().print("page");
        }
        request.startAsync(request, response).dispatch(does[1]);
      }
      case "async" -> {
        if (request.getAttribute("again") == null) {
          request.setAttribute("again", true);
          request.startAsync(request, response).dispatch(does[1]);
        } else {
          response.getWriter().print("page");
        }
      }
      case "late-forward", "late-include" -> {
        request.setAttribute("late", does);
        request.startAsync(request, response);
      }
      case "forward-by-name" ->
          request.getServletContext().getNamedDispatcher(does[1]).forward(request, response);
      case "include-by-name" ->
          request.getServletContext().getNamedDispatcher(does[1]).include(request, response);
      case "fail" -> response.sendError(500);
      default -> response.getWriter().print("page");
    }
  }

  private static RequestDispatcher dispatcher(HttpServletRequest request, String path) {
    return request.getRequestDispatcher(path);
  }

  /** Lets a thread of an asynchronous page dispatch when the page has returned. */
  final class Late implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      chain.doFilter(request, response);
      String[] does = (String[]) request.getAttribute("late");
      if (does != null) {
        request.removeAttribute("late");
        try {
          RequestDispatcher dispatcher = request.getRequestDispatcher(does[1]);
          if (does[0].endsWith("forward")) {
            dispatcher.forward(request, response);
          } else {
            dispatcher.include(request, response);
          }
        } finally {
          request.getAsyncContext().complete();
        }
      }
    }
  }
}
