package dev.latchkey.example.saml;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** Lets the requests of those who logged in with SAML say so, until the login ends. */
final class SamlFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient Supplier<Instant> now;
  private final transient BiPredicate<String, String> isInRole;

  /**
   * A filter for everything that knows users.
   *
   * @param now the time by which logins end
   * @param isInRole whether a user is in a role
   */
  SamlFilter(Supplier<Instant> now, BiPredicate<String, String> isInRole) {
    this.now = now;
    this.isInRole = isInRole;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(new SamlRequest(request, now, isInRole), response);
  }
}
