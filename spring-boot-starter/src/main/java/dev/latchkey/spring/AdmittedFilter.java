package dev.latchkey.spring;

import dev.latchkey.auth.ApiKeyPrincipal;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

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
      new Admitted(principal).to(http);
    }
    chain.doFilter(request, response);
  }
}
