package dev.latchkey.admin;

import dev.latchkey.ApiKeys;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.http.ProblemType;
import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.log.OncePerMinute;
import dev.latchkey.internal.servlet.SharedApiKeys;
import dev.latchkey.manage.ApiKey;
import dev.latchkey.manage.ApiKeyService;
import dev.latchkey.manage.InvalidValueException;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyOperationException;
import dev.latchkey.manage.KeyOwner;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lets the logged-in user manage their own keys, over REST and on a page. Mount it at a path of the
 * application's choice, such as {@code /api-keys/*}.
 *
 * <p>It acts for {@code getUserPrincipal()} and for nobody else, and not for one who came by an API
 * key. It works with the {@link ApiKeys} that it is given, or shares one with the filters of its
 * application, which {@code ApiKeyFilter} tells of. Its init-params:
 *
 * <ul>
 *   <li>{@code loginSession}: the name of a class that implements {@link LoginSession}
 *   <li>{@code loginPage}: where the page leads those who are not, or no longer, logged in
 *   <li>{@code apiUrl}: what the page's example call calls
 *   <li>{@code trustedOrigins}: whose pages may change keys besides the application's own: origins
 *       such as {@code https://shop.example}, separated by commas, where a proxy hides from the
 *       application under which name it is called
 * </ul>
 *
 * The login page and the API are URLs, or begin with a slash and are paths of the application.
 *
 * <p>Thread-safe, as servlets must be.
 */
public final class ApiKeyAdminServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger log = System.getLogger(ApiKeyAdminServlet.class.getName());
  private static final Set<String> JSON = Set.of("application/json");
  private static final Set<String> JSON_OR_PATCH =
      Set.of("application/json", "application/merge-patch+json");
  private static final Set<String> INIT_PARAMS =
      Set.of("loginSession", "loginPage", "apiUrl", "trustedOrigins");

  private final transient @Nullable ApiKeys given;
  private final transient Json json = new Json();
  private final transient Map<String, Asset> assets =
      Map.of(
          Route.SCRIPT_NAME, new Asset(Route.SCRIPT_NAME, "text/javascript;charset=utf-8"),
          Route.STYLE_NAME, new Asset(Route.STYLE_NAME, "text/css;charset=utf-8"));
  private transient Page page = new Page(null, null);
  private final transient @Nullable LoginSession givenLoginSession;
  private transient LoginSession loginSession = LoginSession.UNBOUNDED;
  private transient @Nullable SharedApiKeys shared; // from init to destroy, unless one is given
  private final transient OncePerMinute warnings = new OncePerMinute(System::nanoTime);
  private transient CrossSiteGuard guard = new CrossSiteGuard(Set.of(), System::nanoTime);

  /** Creates a servlet that shares its application's {@link ApiKeys}. */
  public ApiKeyAdminServlet() {
    this.given = null;
    this.givenLoginSession = null;
  }

  /** Creates a servlet over an {@link ApiKeys} that the caller closes. */
  public ApiKeyAdminServlet(ApiKeys apiKeys) {
    this.given = apiKeys;
    this.givenLoginSession = null;
  }

  /** Creates a servlet over an {@link ApiKeys} that the caller closes, for logins that end. */
  public ApiKeyAdminServlet(ApiKeys apiKeys, LoginSession loginSession) {
    this.given = apiKeys;
    this.givenLoginSession = loginSession;
  }

  @Override
  public void init() throws ServletException {
    for (String name : Collections.list(getInitParameterNames())) {
      if (!INIT_PARAMS.contains(name)) {
        throw new ServletException(
            "unknown init-param " + name + "; known are " + new TreeSet<>(INIT_PARAMS));
      }
    }
    page = new Page(getInitParameter("loginPage"), getInitParameter("apiUrl"));
    guard = CrossSiteGuard.trusting(getInitParameter("trustedOrigins"));
    loginSession = loginSession(getInitParameter("loginSession"));
    if (given == null) {
      try {
        shared = SharedApiKeys.of(getServletContext());
      } catch (IllegalArgumentException | StoreException e) {
        throw new ServletException(
            "Latchkey servlet '" + getServletName() + "' cannot start: " + e.getMessage(), e);
      }
    }
  }

  private LoginSession loginSession(@Nullable String className) throws ServletException {
    if (className == null) {
      return Objects.requireNonNullElse(givenLoginSession, LoginSession.UNBOUNDED);
    }
    if (givenLoginSession != null) {
      throw new ServletException("loginSession is given in code and as an init-param: keep one");
    }
    try {
      return Class.forName(className.strip(), true, Thread.currentThread().getContextClassLoader())
          .asSubclass(LoginSession.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new ServletException(
          "loginSession must name a class that implements "
              + LoginSession.class.getName()
              + " and has a public constructor without parameters: "
              + className,
          e);
    }
  }

  /** A request that is still running keeps the share, and gets what a closed one can give. */
  @Override
  public void destroy() {
    if (shared != null) {
      shared.close();
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", Page.CONTENT_SECURITY_POLICY);
    RequestBody body = RequestBody.read(request);
    if (body.isTooLarge() && request.getProtocol().startsWith("HTTP/1")) {
      response.setHeader("Connection", "close"); // the rest of it stays unread
    }
    try {
      answer(request, body, response);
    } catch (ProblemException e) {
      refuse(request, response, e);
    } catch (InvalidValueException e) {
      json.write(response, ProblemException.of(e));
    } catch (KeyOperationException e) {
      json.write(response, ProblemException.of(e));
    } catch (StoreException e) {
      if (warnings.isDue()) {
        log.log(
            Level.WARNING,
            Causes.explain("Latchkey: key store unavailable, users' requests get 503", e));
      }
      log.log(Level.DEBUG, "Latchkey: key store unavailable", e);
      response.setHeader("Retry-After", ProblemType.RETRY_AFTER_SECONDS);
      json.write(
          response,
          new ProblemException(
              ProblemType.STORE_UNAVAILABLE, "Nothing is wrong with your request. Try it later."));
    }
  }

  private void refuse(
      HttpServletRequest request, HttpServletResponse response, ProblemException problem)
      throws IOException {
    boolean isPage =
        Route.of(request.getPathInfo()).target() == Route.Target.KEYS
            && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))
            && Page.isWanted(request);
    if (isPage && problem.type() == ProblemType.NOT_LOGGED_IN) {
      response.setHeader("Vary", "Accept");
      page.writeNotLoggedIn(request, response);
    } else {
      json.write(response, problem);
    }
  }

  private void answer(HttpServletRequest request, RequestBody body, HttpServletResponse response)
      throws IOException, ServletException {
    Route route = Route.of(request.getPathInfo());
    String method = request.getMethod();
    if (route.target() == Route.Target.ASSET && route.target().takes(method)) {
      Objects.requireNonNull(assets.get(route.tag())).write(request, response);
      return;
    }
    if (route.target() == Route.Target.OPEN_API && route.target().takes(method)) {
      OpenApi.write(request, response);
      return;
    }
    KeyOwner owner = owner(request);
    if (route.target() == Route.Target.NOTHING) {
      throw new ProblemException(ProblemType.NO_SUCH_KEY, "There is nothing at this path.");
    }
    if (method.equals("OPTIONS")) {
      response.setHeader("Allow", route.target().allow());
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else if (!route.target().takes(method)) {
      response.setHeader("Allow", route.target().allow());
      throw new ProblemException(
          ProblemType.METHOD_NOT_ALLOWED, "Allowed here: " + route.target().allow() + ".");
    } else if (method.equals("GET") || method.equals("HEAD")) {
      show(route, owner, request, response);
    } else {
      guard.check(request);
      change(route, method, owner, request, body, response);
    }
  }

  private KeyOwner owner(HttpServletRequest request) {
    if (ApiKeys.AUTH_TYPE.equals(request.getAuthType())) {
      throw new ProblemException(
          ProblemType.LOGIN_REQUIRED,
          "An API key cannot manage API keys. Log in to the application instead.");
    }
    Principal principal = request.getUserPrincipal();
    String name = principal == null ? null : principal.getName();
    if (name == null || name.isEmpty()) { // a login without a name is nobody who can own a key
      throw new ProblemException(ProblemType.NOT_LOGGED_IN, "Log in to the application first.");
    }
    KeyOwner owner = KeyOwner.of(name);
    return loginSession.endsAt(request).map(owner::withLoginEndingAt).orElse(owner);
  }

  private void show(
      Route route, KeyOwner owner, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (route.target() == Route.Target.KEY) {
      ApiKeyService service = service();
      json.write(response, 200, KeyJson.of(service.get(owner, route.tag()), service.now()));
      return;
    }
    response.setHeader("Vary", "Accept");
    if (Page.isWanted(request)) {
      page.write(request, response);
    } else {
      // The page names the user, also one without a key, and shows time by the clock of expiry.
      response.setHeader("API-Key-Owner", percentEncoded(owner.name()));
      response.setDateHeader("Date", service().now().toEpochMilli());
      json.write(response, 200, keys(owner));
    }
  }

  private static String percentEncoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private KeysJson keys(KeyOwner owner) throws ServletException {
    ApiKeyService service = service();
    Instant now = service.now();
    return new KeysJson(
        service.list(owner).stream().map(key -> KeyJson.of(key, now)).toList(),
        service.policy(owner),
        owner.loginEndsAt().map(service::sessionExpiry).orElse(null));
  }

  private void change(
      Route route,
      String method,
      KeyOwner owner,
      HttpServletRequest request,
      RequestBody body,
      HttpServletResponse response)
      throws IOException, ServletException {
    if (method.equals("DELETE")) {
      service().delete(owner, route.tag());
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else if (method.equals("PATCH")) {
      RequestedKey edit = RequestedKey.read(json.read(body, JSON_OR_PATCH), RequestedKey.OF_EDIT);
      ApiKey edited = service().edit(owner, route.tag(), edit.request());
      json.write(response, 200, KeyJson.of(edited, service().now()));
    } else if (route.target() == Route.Target.REISSUE) {
      RequestedKey reissue =
          RequestedKey.read(json.readOptional(body, JSON), RequestedKey.OF_REISSUE);
      created(
          request,
          response,
          service().reissue(owner, route.tag(), reissue.request(), reissue.grace()));
    } else {
      RequestedKey add = RequestedKey.read(json.read(body, JSON), RequestedKey.OF_ADD);
      created(request, response, service().add(owner, add.request()));
    }
  }

  private void created(HttpServletRequest request, HttpServletResponse response, IssuedKey made)
      throws IOException {
    response.setHeader("Location", Mount.path(request) + "/" + made.key().tag());
    json.write(response, HttpServletResponse.SC_CREATED, KeyJson.of(made));
  }

  private ApiKeyService service() {
    return (given != null ? given : Objects.requireNonNull(shared).apiKeys()).service();
  }
}
