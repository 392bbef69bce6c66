package dev.latchkey.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Tells whether a request that changes something was made by a page of another site. Browsers say
 * so by Fetch Metadata, and older ones by {@code Origin}; what says neither is no browser, and
 * carries no cookies that it was not given.
 */
final class CrossSiteGuard {
  private CrossSiteGuard() {}

  static void check(HttpServletRequest request) {
    if (!isSameOrigin(request)) {
      throw new ProblemException(
          ProblemType.CROSS_SITE_REQUEST,
          "A page of another site may not change your API keys. Use the application's own page.");
    }
  }

  private static boolean isSameOrigin(HttpServletRequest request) {
    String fetchSite = request.getHeader("Sec-Fetch-Site");
    if (fetchSite != null) {
      return fetchSite.equals("same-origin") || fetchSite.equals("none");
    }
    String origin = request.getHeader("Origin");
    return origin == null || isHost(origin, request.getHeader("Host"));
  }

  /**
   * Hosts and ports are compared, not schemes: before us, TLS may have ended at a proxy. A missing
   * port is the scheme's default in the origin, and either default in the host.
   */
  private static boolean isHost(String origin, @org.jspecify.annotations.Nullable String host) {
    if (host == null) {
      return false;
    }
    try {
      URI uri = new URI(origin);
      if (uri.getHost() == null || uri.getScheme() == null) {
        return false; // such as the opaque origin "null"
      }
      String name = uri.getHost().toLowerCase(Locale.ROOT);
      int port = uri.getPort() >= 0 ? uri.getPort() : defaultPort(uri.getScheme());
      String actual = host.toLowerCase(Locale.ROOT);
      return actual.equals(name + ":" + port)
          || (actual.equals(name) && (port == 80 || port == 443));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }
}
