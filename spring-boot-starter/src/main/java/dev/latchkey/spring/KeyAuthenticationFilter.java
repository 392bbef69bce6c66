package dev.latchkey.spring;

import dev.latchkey.auth.ApiKeyPrincipal;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.authentication.WebAuthenticationDetailsSource;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Tells Spring Security who comes with a key, for this request alone. It works in a chain of Spring
 * Security, on every dispatch; who carries a key is not whom the session knows.
 */
final class KeyAuthenticationFilter implements Filter {
  private static final String AUTHENTICATION = ApiKeyAuthentication.class.getName();

  private final OwnerGate gate;
  private final SecurityContextHolderStrategy contexts;
  private final SecurityContextRepository request = new RequestAttributeSecurityContextRepository();
  private final WebAuthenticationDetailsSource details = new WebAuthenticationDetailsSource();

  KeyAuthenticationFilter(OwnerGate gate, SecurityContextHolderStrategy contexts) {
    this.gate = gate;
    this.contexts = contexts;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    doFilter((HttpServletRequest) request, (HttpServletResponse) response, chain);
  }

  private void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getUserPrincipal() instanceof ApiKeyPrincipal principal) {
      Owner owner = gate.admit(principal.getName(), request, response);
      if (owner == null) {
        return;
      }
      ApiKeyAuthentication authentication =
          new ApiKeyAuthentication(
              principal, AuthorityUtils.createAuthorityList(owner.authorities()));
      authentication.setDetails(details.buildDetails(request));
      request.setAttribute(AUTHENTICATION, authentication);
      use(authentication, request, response);
    } else if (laterDispatch(request) instanceof ApiKeyAuthentication authentication) {
      use(authentication, request, response);
    }
    chain.doFilter(request, response);
  }

  /** Of a later dispatch, the request may come wrapped as Spring Security did on the first. */
  private static @Nullable Object laterDispatch(HttpServletRequest request) {
    return SecurityRules.isByKey(request) ? request.getAttribute(AUTHENTICATION) : null;
  }

  private void use(
      ApiKeyAuthentication authentication,
      HttpServletRequest request,
      HttpServletResponse response) {
    SecurityContext context = contexts.createEmptyContext();
    context.setAuthentication(authentication);
    contexts.setContext(context);
    this.request.saveContext(context, request, response);
  }
}
