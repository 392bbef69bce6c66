package dev.latchkey.spring;

import dev.latchkey.auth.ApiKeyPrincipal;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Notes who comes with a live key, for Spring Security: there, other logins may lie before it. It
 * follows the filter that knows keys.
 */
final class AdmittedFilter implements Filter {
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest http
        && http.getUserPrincipal() instanceof ApiKeyPrincipal principal
        && Admitted.of(http) == null) {
      new Admitted(principal, isBasic(http.getHeader("Authorization"))).to(http);
    }
    chain.doFilter(request, response);
  }

  private static boolean isBasic(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, "Basic", 0, 5);
  }
}
