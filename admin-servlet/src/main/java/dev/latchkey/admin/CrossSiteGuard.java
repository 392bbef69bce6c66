package dev.latchkey.admin;

import dev.latchkey.internal.http.ProblemType;
import dev.latchkey.internal.log.OncePerMinute;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a request that changes something was made by a page of another site. Browsers say
 * so by Fetch Metadata, and older ones, or all of them on plain http, by {@code Origin}; what says
 * neither is no browser, and carries no cookies that it was not given.
 *
 * <p>Thread-safe.
 */
final class CrossSiteGuard {
  private static final Logger log = System.getLogger(CrossSiteGuard.class.getName());
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
  private static final int MAX_SHOWN = 100;

  private final Set<Origin> trusted;
  private final OncePerMinute warnings;

  /** A guard that trusts the application's own origin and some others. */
  CrossSiteGuard(Set<Origin> trusted, LongSupplier nanoTime) {
    this.trusted = trusted;
    this.warnings = new OncePerMinute(nanoTime);
  }

  /**
   * Returns a guard by the init-param {@code trustedOrigins}.
   *
   * @param origins separated by commas; null if there are none
   * @throws ServletException if one of them is no origin
   */
  static CrossSiteGuard trusting(@Nullable String origins) throws ServletException {
    Set<Origin> trusted = new HashSet<>();
    for (String text : origins == null ? new String[0] : origins.strip().split("\\s*,\\s*", -1)) {
      trusted.add(
          Origin.parse(text)
              .orElseThrow(
                  () ->
                      new ServletException(
                          "trustedOrigins must be origins, exactly scheme://host[:port] as in"
                              + " https://shop.example, separated by commas; this is none: "
                              + shown(List.of(text)))));
    }
    return new CrossSiteGuard(Set.copyOf(trusted), System::nanoTime);
  }

  /**
   * Checks a request that changes something.
   *
   * @throws ProblemException if it comes from another site
   */
  void check(HttpServletRequest request) {
    List<String> sites = Collections.list(request.getHeaders("Sec-Fetch-Site"));
    List<String> origins = Collections.list(request.getHeaders("Origin"));
    if (!isSameSite(request, sites, origins)) {
      warn(request, sites, origins);
      throw new ProblemException(
          ProblemType.CROSS_SITE_REQUEST,
          "A page of another site may not change API keys. Use the application's own page.");
    }
  }

  private boolean isSameSite(HttpServletRequest request, List<String> sites, List<String> origins) {
    Optional<Origin> origin = origins.size() == 1 ? Origin.parse(origins.get(0)) : Optional.empty();
    if (origin.isPresent() && trusted.contains(origin.get())) {
      return true;
    }
    if (!sites.isEmpty()) {
      return OWN_SITES.containsAll(sites);
    }
    return origins.isEmpty() || (origin.isPresent() && isOwn(origin.get(), request));
  }

  /**
   * Compares hosts and ports; schemes only where the request came by TLS, since before us, TLS may
   * have ended at a proxy that does not say so.
   */
  private static boolean isOwn(Origin origin, HttpServletRequest request) {
    boolean isTls = request.isSecure() || "https".equals(request.getScheme());
    if (!origin.isHttps() && (isTls || !origin.isHttp())) {
      return false;
    }
    Optional<Authority> host =
        Optional.ofNullable(request.getHeader("Host")).flatMap(Authority::parse);
    // HTTP/2 need not have a Host; and a proxy may have changed it, and the container mended it.
    Optional<Authority> server = Authority.of(request.getServerName(), request.getServerPort());
    // Nobody need have said the default port; then the scheme is as little known.
    boolean isSaid =
        request.getServerPort() != Origin.defaultPort(request.getScheme()) || host.equals(server);
    return host.filter(origin::isAt).isPresent()
        || server.map(at -> isSaid ? at : at.withoutPort()).filter(origin::isAt).isPresent();
  }

  private void warn(HttpServletRequest request, List<String> sites, List<String> origins) {
    if (!warnings.isDue()) {
      return;
    }
    log.log(
        Level.WARNING,
        "Latchkey: a change from another site got 403: Origin "
            + shown(origins)
            + ", Sec-Fetch-Site "
            + shown(sites)
            + ", Host "
            + shown(Collections.list(request.getHeaders("Host")))
            + ", server "
            + shown(List.of(request.getServerName() + ":" + request.getServerPort()))
            + ". If that is your own site behind a proxy, pass its host on or list its origin in the"
            + " init-param trustedOrigins");
  }

  /** Cuts what a caller sent, and escapes what might forge a line or hide in one. */
  private static String shown(List<String> values) {
    if (values.isEmpty()) {
      return "(none)";
    }
    String text = String.join(", ", values);
    StringBuilder shown = new StringBuilder("\"");
    text.chars()
        .limit(MAX_SHOWN)
        .forEach(
            c -> {
              if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                shown.append("\\u%04x".formatted(c));
              } else {
                shown.append((char) c);
              }
            });
    return shown.append(text.length() > MAX_SHOWN ? "...\"" : "\"").toString();
  }
}
