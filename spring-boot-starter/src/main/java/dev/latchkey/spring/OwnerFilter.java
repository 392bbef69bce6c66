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

/** Follows the filter of ours that knows keys, before Spring Security: refusals are ours. */
final class OwnerFilter implements Filter {
  private final OwnerGate gate;

  OwnerFilter(OwnerGate gate) {
    this.gate = gate;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)
        || !(http.getUserPrincipal() instanceof ApiKeyPrincipal principal)
        || gate.admit(principal.getName(), http, (HttpServletResponse) response) != null) {
      chain.doFilter(request, response);
    }
  }
}
