package dev.latchkey.servlet;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.FilterSettings;
import dev.latchkey.auth.AuthResult;
import dev.latchkey.auth.AuthResult.Granted;
import dev.latchkey.servlet.Credential.Absent;
import dev.latchkey.servlet.Credential.Malformed;
import dev.latchkey.servlet.Credential.Presented;
import dev.latchkey.store.StoreException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests pass that carry a live API key, in the name of its owner, and answers the others
 * itself.
 *
 * <p>A request is judged once, on its first dispatch to this filter; later dispatches (forward,
 * include, async, error) carry the decision along. An error dispatch of a request that never came
 * here is let through, so that error pages are shown.
 *
 * <p>In a {@code web.xml} the filter is configured by init-params, and by context-params whose
 * names start with {@code latchkey.}; README.md lists them. The first filter that starts opens an
 * {@link ApiKeys} for the application, publishes it as the context's attribute {@link
 * ApiKeys#ATTRIBUTE}, and closes it in the end; the others find it there. Each filter may set
 * {@code realm}, {@code keyHeader}, {@code acceptBareKey}, {@code credentials} and {@code roles}
 * for itself. In code, hand over an {@link ApiKeys} and close it yourself.
 *
 * <p>Thread-safe, as filters must be.
 */
public final class ApiKeyFilter implements Filter {
  /** The header that tells a caller when the key expires. */
  public static final String EXPIRES_HEADER = "API-Key-Expires";

  /** That the shared {@link ApiKeys} was opened with the init-params of all filters. */
  private static final String OPENED_BY_FILTER = ApiKeys.ATTRIBUTE + ".openedByFilter";

  private final String decisionAttribute = ApiKeyFilter.class.getName() + '.' + UUID.randomUUID();
  private final @Nullable ApiKeys given;
  private final @Nullable FilterSettings givenSettings;
  private @Nullable State state; // set by init, which happens before every request

  /** What there is from init to destroy. */
  private record State(
      ApiKeys apiKeys,
      FilterSettings settings,
      CredentialReader reader,
      Rejection rejection,
      HttpDates dates,
      @Nullable ServletContext owner) {}

  /** A filter that is configured by init-params. */
  public ApiKeyFilter() {
    this.given = null;
    this.givenSettings = null;
  }

  /** A filter over an {@link ApiKeys} that the caller closes. */
  public ApiKeyFilter(ApiKeys apiKeys) {
    this(apiKeys, apiKeys.filterSettings());
  }

  /** The same, with settings of its own. */
  public ApiKeyFilter(ApiKeys apiKeys, FilterSettings settings) {
    this.given = apiKeys;
    this.givenSettings = settings;
  }

  /**
   * Adds this filter to an application that is starting, before the filters of its {@code web.xml},
   * for every type of dispatch, with async support.
   */
  public FilterRegistration.Dynamic register(
      ServletContext context, String name, String... urlPatterns) {
    FilterRegistration.Dynamic registration = context.addFilter(name, this);
    if (registration == null) {
      throw new IllegalStateException("a filter named " + name + " is there already");
    }
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, urlPatterns);
    return registration;
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    try {
      state = start(config);
    } catch (IllegalArgumentException | StoreException e) {
      throw new ServletException(
          "Latchkey filter '" + config.getFilterName() + "' cannot start: " + e.getMessage(), e);
    }
  }

  private State start(FilterConfig config) {
    ServletContext context = config.getServletContext();
    if (given != null && givenSettings != null) {
      return state(given, InitParams.onlyFilterSettings(givenSettings, config), null);
    }
    if (context.getAttribute(ApiKeys.ATTRIBUTE) instanceof ApiKeys shared) {
      FilterSettings base = shared.filterSettings();
      boolean openedByFilter = context.getAttribute(OPENED_BY_FILTER) != null;
      return state(
          shared,
          openedByFilter
              ? InitParams.filterSettings(base, config)
              : InitParams.onlyFilterSettings(base, config),
          null);
    }
    ApiKeysConfig application = InitParams.config(context);
    FilterSettings own = InitParams.filterSettings(application.filter(), config);
    ApiKeys opened = ApiKeys.open(application);
    context.setAttribute(ApiKeys.ATTRIBUTE, opened);
    context.setAttribute(OPENED_BY_FILTER, true);
    return state(opened, own, context);
  }

  private static State state(
      ApiKeys apiKeys, FilterSettings settings, @Nullable ServletContext owner) {
    return new State(
        apiKeys,
        settings,
        new CredentialReader(settings),
        new Rejection(settings.realm()),
        new HttpDates(),
        owner);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest httpRequest)
        || !(response instanceof HttpServletResponse httpResponse)) {
      throw new ServletException("ApiKeyFilter is for HTTP requests only");
    }
    if (httpRequest.getAttribute(decisionAttribute) instanceof Decision made) {
      chain.doFilter(made.shownBy(httpRequest), response);
      return;
    }
    Decision decision = decisionOn(httpRequest, httpResponse);
    if (decision != null) {
      httpRequest.setAttribute(decisionAttribute, decision);
      chain.doFilter(decision.firstShownBy(httpRequest), response);
    }
  }

  /** The decision to let a request pass; null if it may not and has been answered. */
  private @Nullable Decision decisionOn(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() == DispatcherType.ERROR || isPreflight(request)) {
      return Decision.anonymous();
    }
    if (state == null) {
      throw new IllegalStateException("init has not been called");
    }
    Credential credential = state.reader().read(request);
    if (credential instanceof Presented presented) {
      return judge(state, presented.text(), presented.start(), request, response);
    }
    if (credential instanceof Absent
        && state.settings().credentials() == FilterSettings.Credentials.OPTIONAL) {
      return Decision.anonymous();
    }
    if (beginRefusal(request, response)) {
      refuse(state.rejection(), credential, response);
    }
    return null;
  }

  private static @Nullable Decision judge(
      State state, String text, int start, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AuthResult result = state.apiKeys().authenticate(text, start, request::getRemoteAddr);
    if (result instanceof Granted granted) {
      response.setHeader(EXPIRES_HEADER, state.dates().format(granted.worksUntilMillis()));
      return Decision.granted(granted.principal(), state.settings().roles());
    }
    if (beginRefusal(request, response)) {
      refuse(state.rejection(), text, start, result, response);
    }
    return null;
  }

  /**
   * Whether the answer is ours, in which case a refusal must follow. What is refused inside a page
   * is left out of it: its status is not ours.
   */
  private static boolean beginRefusal(HttpServletRequest request, HttpServletResponse response) {
    if (request.getDispatcherType() == DispatcherType.INCLUDE) {
      return false;
    }
    if (carriesBody(request)) {
      // Unread, it makes containers close the connection; whoever would use it again must know.
      response.setHeader("Connection", "close");
    }
    return true;
  }

  private static void refuse(
      Rejection rejection, Credential credential, HttpServletResponse response) throws IOException {
    if (credential instanceof Malformed malformed) {
      rejection.malformed(response, malformed.why());
    } else {
      rejection.missingKey(response);
    }
  }

  private static void refuse(
      Rejection rejection, String text, int start, AuthResult result, HttpServletResponse response)
      throws IOException {
    if (result instanceof AuthResult.Expired expired) {
      rejection.expiredKey(response, expired.at());
    } else if (result instanceof AuthResult.Unavailable) {
      rejection.storeUnavailable(response);
    } else if (result instanceof AuthResult.NoKey && !CredentialReader.isB64Token(text, start)) {
      rejection.malformed(
          response, "The key contains a character that no key has. Send one key, without quotes.");
    } else {
      rejection.invalidKey(response);
    }
  }

  private static boolean carriesBody(HttpServletRequest request) {
    return request.getProtocol().startsWith("HTTP/1")
        && (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null);
  }

  /** Fetch standard, CORS preflight: it never carries credentials, and asks nothing of the API. */
  private static boolean isPreflight(HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        && request.getHeader("Origin") != null
        && request.getHeader("Access-Control-Request-Method") != null;
  }

  @Override
  public void destroy() {
    State ended = state;
    state = null;
    if (ended != null && ended.owner() != null) {
      ended.owner().removeAttribute(ApiKeys.ATTRIBUTE);
      ended.owner().removeAttribute(OPENED_BY_FILTER);
      ended.apiKeys().close();
    }
  }
}
