package dev.latchkey.spring;

import dev.latchkey.admin.ApiKeyAdminServlet;
import jakarta.servlet.Registration;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What Spring Security is to let pass of the servlet's, wherever the application has mounted it.
 *
 * <p>Thread-safe.
 */
final class SecurityRules {
  private static final Set<String> FILES =
      Set.of("/api-key-menu.js", "/api-key-list.js", "/api-key-administration.js", "/openapi.yaml");
  private static final String ASSETS = "/assets/";

  private volatile @Nullable Set<String> servlets; // their names, found with the first request

  /** Returns whether a request needs no login: a file, or a key that its holder revokes. */
  boolean isOpen(HttpServletRequest request) {
    String path = request.getPathInfo();
    return path != null && isServlets(request) && takes(path, request.getMethod());
  }

  private static boolean takes(String path, String method) {
    boolean isFile = FILES.contains(path) || path.startsWith(ASSETS);
    return isFile
        ? Set.of("GET", "HEAD").contains(method)
        : path.equals("/revoke") && method.equals("POST");
  }

  /**
   * Returns whether a request needs no CSRF token: the servlet guards itself against other sites,
   * by what browsers say of a request's origin, and pages of other sites have no key to send. But
   * browsers send what was once typed for {@code Basic} by themselves.
   */
  boolean needsNoCsrfToken(HttpServletRequest request) {
    Admitted admitted = Admitted.of(request);
    return (admitted != null && !(admitted.byBasic() && isOfAPage(request))) || isServlets(request);
  }

  private static boolean isOfAPage(HttpServletRequest request) {
    return request.getHeader("Sec-Fetch-Site") != null || request.getHeader("Origin") != null;
  }

  private boolean isServlets(HttpServletRequest request) {
    HttpServletMapping mapping = request.getHttpServletMapping();
    return mapping != null && servlets(request).contains(mapping.getServletName());
  }

  private Set<String> servlets(HttpServletRequest request) {
    Set<String> names = servlets;
    if (names == null) {
      names =
          request.getServletContext().getServletRegistrations().values().stream()
              .filter(servlet -> ApiKeyAdminServlet.class.getName().equals(servlet.getClassName()))
              .map(Registration::getName)
              .collect(Collectors.toUnmodifiableSet());
      servlets = names;
    }
    return names;
  }
}
