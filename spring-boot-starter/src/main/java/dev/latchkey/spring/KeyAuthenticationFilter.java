package dev.latchkey.spring;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.function.Supplier;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.authentication.WebAuthenticationDetailsSource;

/**
 * Tells Spring Security who comes with a key, on every dispatch of the request and for this request
 * alone. Its place in the chain is behind all that log in, and behind what ties a login to a
 * session: a key counts, whomever a cookie names, and makes no session.
 */
final class KeyAuthenticationFilter implements Filter {
  private final SecurityContextHolderStrategy contexts;
  private final Supplier<Authorities> authorities;
  private final WebAuthenticationDetailsSource details = new WebAuthenticationDetailsSource();

  KeyAuthenticationFilter(
      SecurityContextHolderStrategy contexts, Supplier<Authorities> authorities) {
    this.authorities = authorities;
    this.contexts = contexts;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    Admitted admitted = Admitted.of(http);
    if (admitted != null) {
      ApiKeyAuthentication authentication =
          new ApiKeyAuthentication(
              admitted.principal(), authorities.get().of(admitted.principal()));
      authentication.setDetails(details.buildDetails(http));
      SecurityContext context = contexts.createEmptyContext();
      context.setAuthentication(authentication);
      contexts.setContext(context);
      HiddenCredentials.reveal(request);
    }
    chain.doFilter(request, response);
  }
}
