package dev.latchkey.servlet;

import dev.latchkey.ApiKeys;
import dev.latchkey.FilterSettings;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.servlet.InitParams;
import dev.latchkey.internal.servlet.SharedApiKeys;
import dev.latchkey.internal.settings.Environment;
import dev.latchkey.internal.settings.Given;
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
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests pass that carry a live API key, in the name of its owner, and answers the others
 * itself.
 *
 * <p>A request is judged once, on its first dispatch to this filter; later dispatches (forward,
 * include, async, error) carry the decision along. An error page for a request that was never
 * judged is shown; what it forwards to or includes is judged.
 *
 * <p>In a {@code web.xml} the filter is configured by init-params, and by context-params whose
 * names start with {@code latchkey.}; README.md lists them. System properties and environment
 * variables go before them. Filters and servlets of an application share one {@link ApiKeys}: the
 * first opens it and publishes it as the context's attribute {@link ApiKeys#ATTRIBUTE}, the last
 * closes it; one that the application itself has published is used instead, and never closed. Each
 * filter may set {@link FilterSettings.Builder#names()} for itself. In code, hand over an {@link
 * ApiKeys} and close it yourself.
 *
 * <p>Thread-safe, as filters must be.
 */
public final class ApiKeyFilter implements Filter {
  /** The header that tells a caller when the key expires. */
  public static final String EXPIRES_HEADER = "API-Key-Expires";

  /** The request attribute that holds the owner of a live key, for access logs. */
  public static final String OWNER_ATTRIBUTE = "dev.latchkey.owner";

  /** The request attribute that holds the tag of a live key, for access logs. */
  public static final String TAG_ATTRIBUTE = "dev.latchkey.tag";

  private static final Logger log = System.getLogger(ApiKeyFilter.class.getName());

  /** Holds the {@link Decision}, or the {@link ErrorPage} while there is none. */
  private final String decisionAttribute = ApiKeyFilter.class.getName() + '.' + UUID.randomUUID();

  private final @Nullable ApiKeys given;
  private final @Nullable FilterSettings givenSettings;
  private final Supplier<Environment> environment;
  private @Nullable SharedApiKeys shared;

  // Set by init, which happens before every request. They stay after destroy, since a request may
  // still be running; who asks a closed ApiKeys gets what it remembers, or 503.
  private @Nullable Started started;

  private record Started(Judge judge, Mapping mapping) {}

  /** A filter that is configured by init-params. */
  public ApiKeyFilter() {
    this(Environment::ofProcess);
  }

  /** A filter that is configured by init-params, and an environment that goes before them. */
  ApiKeyFilter(Supplier<Environment> environment) {
    this.given = null;
    this.givenSettings = null;
    this.environment = environment;
  }

  /** A filter over an {@link ApiKeys} that the caller closes. */
  public ApiKeyFilter(ApiKeys apiKeys) {
    this(apiKeys, apiKeys.filterSettings());
  }

  /** The same, with settings of its own. */
  public ApiKeyFilter(ApiKeys apiKeys, FilterSettings settings) {
    this.given = apiKeys;
    this.givenSettings = settings;
    this.environment = Environment::ofProcess;
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
      start(config);
    } catch (IllegalArgumentException | StoreException e) {
      throw new ServletException(
          "Latchkey filter '" + config.getFilterName() + "' cannot start: " + e.getMessage(), e);
    }
  }

  private void start(FilterConfig config) {
    destroy(); // what an earlier start took, where one filter is registered under two names
    Map<String, Given> applications = InitParams.applicationSettings(config);
    if (given != null && givenSettings != null) {
      InitParams.refuse(applications);
      begin(given, givenSettings, config);
      return;
    }
    InitParams.filterSettings(
        FilterSettings.builder().build(), config); // if one is wrong, nothing is opened
    SharedApiKeys share = SharedApiKeys.of(config.getServletContext(), applications, environment);
    try {
      begin(share.apiKeys(), share.apiKeys().filterSettings(), config);
    } catch (RuntimeException | Error e) {
      share.close();
      throw e;
    }
    shared = share;
  }

  private void begin(ApiKeys apiKeys, FilterSettings base, FilterConfig config) {
    FilterSettings settings = InitParams.filterSettings(base, config);
    started =
        new Started(
            new Judge(apiKeys, settings, new Companion(config.getServletContext(), settings)),
            Mapping.of(config));
    InitParams.report(config).ifPresent(line -> log.log(Level.INFO, line));
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest httpRequest)
        || !(response instanceof HttpServletResponse httpResponse)) {
      throw new ServletException("ApiKeyFilter is for HTTP requests only");
    }
    Object known = httpRequest.getAttribute(decisionAttribute);
    if (known instanceof Decision made) {
      chain.doFilter(made.rewrap(httpRequest), response);
    } else {
      ErrorPage shown = known instanceof ErrorPage page ? page : null;
      doFilter(
          Objects.requireNonNull(started, "init has not been called"),
          httpRequest,
          httpResponse,
          chain,
          shown);
    }
  }

  /** Nothing is decided yet. */
  private void doFilter(
      Started started,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      @Nullable ErrorPage shown)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.ERROR
        && (shown == null || !shown.isRunning())) {
      ErrorPage page = new ErrorPage(DispatchPath.of(request), started.mapping());
      request.setAttribute(decisionAttribute, page);
      page.show(request, response, chain);
    } else if (shown != null && shown.isSelf(request)) {
      shown.show(request, response, chain);
    } else if ((shown != null && shown.isForOthers(request))
        || started.judge().leavesAlone(request)) {
      chain.doFilter(request, response);
    } else {
      Decision decision = started.judge().judge(request, response);
      if (decision != null) {
        request.setAttribute(decisionAttribute, decision);
        chain.doFilter(decision.wrap(request), response);
      }
    }
  }

  @Override
  public void destroy() {
    SharedApiKeys share = shared;
    shared = null;
    if (share != null) {
      share.close();
    }
  }
}
