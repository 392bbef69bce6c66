package dev.latchkey.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * What Spring Security is to let pass of the servlet's.
 *
 * @param servletPath where the servlet is mounted
 */
record SecurityRules(String servletPath) {
  private static final Set<String> ASSETS =
      Set.of("/api-key-menu.js", "/api-key-page.css", "/openapi.yaml");

  /** Returns whether a request needs no login: an asset, or a key that its holder revokes. */
  boolean isOpen(HttpServletRequest request) {
    String path = request.getPathInfo();
    return isServlets(request)
        && path != null
        && (ASSETS.contains(path)
            ? Set.of("GET", "HEAD").contains(request.getMethod())
            : path.equals("/revoke") && request.getMethod().equals("POST"));
  }

  /**
   * Returns whether a request needs no CSRF token: the servlet guards itself against other sites,
   * by what browsers say of a request's origin, and pages of other sites have no key to send.
   */
  boolean needsNoCsrfToken(HttpServletRequest request) {
    return isServlets(request) || Admitted.of(request) != null;
  }

  private boolean isServlets(HttpServletRequest request) {
    return servletPath.equals(request.getServletPath());
  }
}
