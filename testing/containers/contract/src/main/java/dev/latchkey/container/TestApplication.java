package dev.latchkey.container;

import dev.latchkey.ApiKeys;
import dev.latchkey.admin.ApiKeyAdminServlet;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.servlet.ApiKeyFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** An application that uses the filter as a deployment descriptor would, in every way there is. */
final class TestApplication implements Consumer<ServletContext> {
  static final String ERROR_PAGE = "/api/error-page";
  static final KeyOwner ALICE = KeyOwner.of("alice");

  private final Map<String, String> initParams;

  /** Init-params of a filter, with a database of its own. */
  static Map<String, String> initParams() {
    Map<String, String> params = new HashMap<>();
    params.put("jdbcUrl", "jdbc:h2:mem:" + UUID.randomUUID());
    params.put("jdbcUser", "sa");
    params.put("jdbcPoolSize", "4");
    params.put("roles", "user, reader");
    params.put("maxKeysPerUser", "1000");
    return params;
  }

  TestApplication(Map<String, String> initParams) {
    this.initParams = initParams;
  }

  @Override
  public void accept(ServletContext context) {
    addFilter(context, "login", new TestLogin(), "/*");
    addFilter(context, "api-keys", new ApiKeyFilter(), "/api/*").setInitParameters(initParams);
    addFilter(context, "optional", new ApiKeyFilter(), "/optional/*")
        .setInitParameters(Map.of("credentials", "optional", "realm", "Optional", "roles", "user"));

    add(context, new Servlet(TestApplication::surface), "surface", "/api/surface", "/optional/*");
    add(context, new Servlet(TestApplication::revokeAndForward), "forward", "/api/forward");
    add(context, new Servlet(TestApplication::include), "include", "/api/include");
    add(context, new Servlet(TestApplication::async), "async", "/api/async");
    add(context, new Servlet(TestApplication::asyncUnwrapped), "async2", "/api/async-unwrapped");
    add(context, new Servlet(TestApplication::otherThread), "thread", "/api/other-thread");
    add(context, new Servlet((q, r) -> r.sendError(418)), "fail", "/api/fail", "/public/fail");
    add(context, new Servlet(TestApplication::surface), "error", ERROR_PAGE);
    add(
        context,
        new Servlet((q, r) -> q.getRequestDispatcher("/api/surface").forward(q, r)),
        "public-forward",
        "/public/forward");
    add(
        context,
        new Servlet(
            (q, r) -> {
              r.getWriter().print("<");
              q.getRequestDispatcher("/api/surface").include(q, r);
              r.getWriter().print(">");
            }),
        "public-include",
        "/public/include");
    add(
        context,
        new Servlet((q, r) -> r.getWriter().print(q.isUserInRole(null))),
        "no-role",
        "/api/no-role");
    add(context, new Servlet(TestApplication::logout), "logout", "/api/logout");
    add(context, new Servlet(TestApplication::session), "session", "/api/session");
    add(context, new ApiKeyAdminServlet(), "admin", "/api-keys/*");
    add(
        context,
        new Servlet(
            (q, r) -> {
              IssuedKey made = apiKeys(q).service().add(ALICE, KeyRequest.create());
              r.getWriter().print(made.secret().reveal());
            }),
        "add",
        "/public/add");
  }

  static FilterRegistration.Dynamic addFilter(
      ServletContext context, String name, Filter filter, String pattern) {
    FilterRegistration.Dynamic registration = context.addFilter(name, filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, pattern);
    return registration;
  }

  static void add(
      ServletContext context, jakarta.servlet.Servlet servlet, String name, String... patterns) {
    ServletRegistration.Dynamic registration = context.addServlet(name, servlet);
    registration.setAsyncSupported(true);
    registration.addMapping(patterns);
  }

  private static ApiKeys apiKeys(HttpServletRequest request) {
    return (ApiKeys) request.getServletContext().getAttribute(ApiKeys.ATTRIBUTE);
  }

  /** A servlet in one expression. */
  static final class Servlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    interface Body {
      void answer(HttpServletRequest request, HttpServletResponse response)
          throws IOException, ServletException;
    }

    private final transient Body body;

    Servlet(Body body) {
      this.body = body;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      body.answer(request, response);
    }
  }

  /** Everything that the Servlet API says of the caller. */
  private static void surface(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    response.getWriter().print(surface(request));
  }

  private static String surface(HttpServletRequest request) {
    Principal principal = request.getUserPrincipal();
    int wrappers = 0;
    ServletRequest next = request;
    while (next instanceof ServletRequestWrapper wrapper) {
      if (wrapper.getClass().getSimpleName().equals("AuthenticatedRequest")) {
        wrappers++;
      }
      next = wrapper.getRequest();
    }
    return "%s|%s|%s|user:%s|admin:%s|*:%s|**:%s|%d wrapper|%s"
        .formatted(
            principal == null ? null : principal.getName(),
            request.getRemoteUser(),
            request.getAuthType(),
            request.isUserInRole("user"),
            request.isUserInRole("admin"),
            request.isUserInRole("*"),
            request.isUserInRole("**"),
            wrappers,
            request.getDispatcherType());
  }

  /** If the key were judged again, it would be refused. */
  private static void revokeAndForward(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    revoke(request);
    request.getRequestDispatcher("/api/surface").forward(request, response);
  }

  private static void revoke(HttpServletRequest request) {
    apiKeys(request)
        .service()
        .list(ALICE)
        .forEach(key -> apiKeys(request).service().delete(ALICE, key.tag()));
  }

  private static void include(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    revoke(request);
    request.getRequestDispatcher("/api/surface").include(request, response);
  }

  /** Three rounds through the container, each with the request as the last one saw it. */
  private static void async(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Integer round = (Integer) request.getAttribute("round");
    if (round == null) {
      revoke(request);
      round = 0;
    }
    request.setAttribute("round", round + 1);
    AsyncContext context = request.startAsync(request, response);
    context.dispatch(round < 2 ? "/api/async" : "/api/surface");
  }

  /** The container's own request comes back, without our wrapper. */
  private static void asyncUnwrapped(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    revoke(request);
    request.startAsync().dispatch("/api/surface");
  }

  private static void otherThread(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    AsyncContext context = request.startAsync(request, response);
    context.start(
        () -> {
          try {
            response.getWriter().print(surface((HttpServletRequest) context.getRequest()));
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          } finally {
            context.complete();
          }
        });
  }

  private static void logout(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    boolean authenticated = request.authenticate(response);
    String login;
    try {
      request.login("alice", "alice");
      login = "logged in";
    } catch (ServletException e) {
      login = "refused";
    }
    request.logout();
    response.getWriter().print(authenticated + "|" + login + "|" + surface(request) + "|");
    request.getRequestDispatcher("/api/surface").include(request, response);
  }

  private static void session(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    boolean before = request.getSession(false) != null;
    request.getSession().setAttribute("x", "y");
    response.getWriter().print(before + "|" + request.getSession().getAttribute("x"));
  }

  /**
   * The application's login: the user that a header names. Before the filters behind it start, it
   * lets as many requests come together as another header says; and it tells what does not start.
   */
  static final class TestLogin implements Filter {
    private final Map<Integer, CyclicBarrier> together = new ConcurrentHashMap<>();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      HttpServletRequest http = (HttpServletRequest) request;
      String user = http.getHeader("X-Test-User");
      await(http.getIntHeader("X-Together"));
      try {
        chain.doFilter(user == null ? request : as(user, http), response);
      } catch (ServletException e) {
        ((HttpServletResponse) response).setStatus(500);
        response.getWriter().print(e.getMessage());
      }
    }

    private void await(int requests) throws ServletException {
      if (requests > 0) {
        try {
          together.computeIfAbsent(requests, CyclicBarrier::new).await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
          throw new ServletException(e);
        }
      }
    }

    private static HttpServletRequest as(String user, HttpServletRequest request) {
      return new HttpServletRequestWrapper(request) {
        @Override
        public Principal getUserPrincipal() {
          return () -> user;
        }
      };
    }
  }
}
