package dev.latchkey.admin;

import dev.latchkey.ApiKeys;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.http.ProblemType;
import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.log.OncePerMinute;
import dev.latchkey.internal.servlet.SharedApiKeys;
import dev.latchkey.manage.InvalidValueException;
import dev.latchkey.manage.KeyOperationException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lets the logged-in user manage their own keys, over REST and on a page, and administrators
 * anybody's. Mount it at a path of the application's choice, such as {@code /api-keys/*}.
 *
 * <p>It acts for {@code getUserPrincipal()}, and not for one who came by an API key. It works with
 * the {@link ApiKeys} that it is given, or shares one with the filters of its application, which
 * {@code ApiKeyFilter} tells of. Its init-params:
 *
 * <ul>
 *   <li>{@code loginSession}: the name of a class that implements {@link LoginSession}
 *   <li>{@code loginPage}: where the page leads those who are not, or no longer, logged in
 *   <li>{@code apiUrl}: what the page's example call calls
 *   <li>{@code trustedOrigins}: whose pages may change keys besides the application's own: origins
 *       such as {@code https://shop.example}, separated by commas, where a proxy hides from the
 *       application under which name it is called
 *   <li>{@code administratorRole}: the role of those who see, narrow and revoke anybody's keys;
 *       nobody, if it is not set
 *   <li>{@code issuerRole}: the role of those administrators who also add, reissue and widen them
 * </ul>
 *
 * The login page and the API are URLs, or begin with a slash and are paths of the application.
 *
 * <p>Thread-safe, as servlets must be.
 */
public final class ApiKeyAdminServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger log = System.getLogger(ApiKeyAdminServlet.class.getName());
  private static final Set<String> INIT_PARAMS =
      Set.of(
          "loginSession",
          "loginPage",
          "apiUrl",
          "trustedOrigins",
          "administratorRole",
          "issuerRole");

  private final transient @Nullable ApiKeys given;
  private final transient Json json = new Json();
  private transient @Nullable Page page; // from init on
  private final transient @Nullable LoginSession givenLoginSession;
  private transient @Nullable SharedApiKeys shared; // from init to destroy, unless one is given
  private final transient OncePerMinute warnings = new OncePerMinute(System::nanoTime);
  private transient @Nullable Dispatcher dispatcher; // from init on

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
    Catalogues catalogues = new Catalogues(json);
    Assets assets = new Assets(catalogues);
    Page pages =
        new Page(
            getInitParameter("loginPage"),
            getInitParameter("apiUrl"),
            assets,
            new Languages(catalogues));
    page = pages;
    dispatcher =
        new Dispatcher(
            this::apiKeys,
            json,
            pages,
            assets,
            new Logins(loginSession(getInitParameter("loginSession"))),
            AdministratorRoles.of(
                getInitParameter("administratorRole"), getInitParameter("issuerRole")),
            CrossSiteGuard.trusting(getInitParameter("trustedOrigins")));
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
    Exchange exchange =
        new Exchange(Route.of(request.getPathInfo()), request, RequestBody.read(request), response);
    if (exchange.body().isTooLarge() && request.getProtocol().startsWith("HTTP/1")) {
      response.setHeader("Connection", "close"); // the rest of it stays unread
    }
    try {
      Objects.requireNonNull(dispatcher).answer(exchange);
    } catch (ProblemException e) {
      refuse(exchange, e);
    } catch (InvalidValueException e) {
      refuse(exchange, ProblemException.of(e));
    } catch (KeyOperationException e) {
      json.write(response, Refusals.of(e.reason(), exchange.route().isAdministrative()));
    } catch (StoreException e) {
      tellOfOutage(response, e);
    }
  }

  private void refuse(Exchange exchange, ProblemException problem) throws IOException {
    if (exchange.isForPage() && Page.isOf(problem.type())) {
      Objects.requireNonNull(page)
          .writeRefusal(problem.type(), exchange.request(), exchange.response());
    } else {
      json.write(exchange.response(), problem);
    }
  }

  private void tellOfOutage(HttpServletResponse response, StoreException e) throws IOException {
    if (warnings.isDue()) {
      log.log(
          Level.WARNING,
          Causes.explain("Latchkey: key store unavailable, users' requests get 503", e));
    }
    log.log(Level.DEBUG, "Latchkey: key store unavailable", e);
    if (response.isCommitted()) {
      throw new IOException("the answer ends here: " + e.getMessage(), e); // and is not whole
    }
    response.resetBuffer();
    response.setHeader("Retry-After", ProblemType.RETRY_AFTER_SECONDS);
    json.write(
        response,
        new ProblemException(
            ProblemType.STORE_UNAVAILABLE, "Nothing is wrong with your request. Try it later."));
  }

  private ApiKeys apiKeys() {
    return given != null ? given : Objects.requireNonNull(shared).apiKeys();
  }
}
