package dev.latchkey.spring;

import dev.latchkey.auth.ApiKeyPrincipal;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.http.ProblemType;
import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.log.OncePerMinute;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/**
 * Judges once a request whether the owner of its key may use keys still, and answers if not. It
 * follows the filter that knows keys, and comes before Spring Security: refusals are ours.
 */
final class OwnerFilter implements Filter {
  private static final Logger log = System.getLogger(OwnerFilter.class.getName());

  private final Owners owners;
  private final String realm;
  private final OncePerMinute warnings = new OncePerMinute(System::nanoTime);

  OwnerFilter(Owners owners, String realm) {
    this.owners = owners;
    this.realm = realm;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)
        || !(http.getUserPrincipal() instanceof ApiKeyPrincipal principal)
        || Admitted.of(http) != null
        || admit(principal, http, (HttpServletResponse) response)) {
      chain.doFilter(request, response);
    }
  }

  private boolean admit(
      ApiKeyPrincipal principal, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      Owner owner = owners.of(principal.getName());
      if (owner.mayUseKeys()) {
        new Admitted(principal, owner).to(request);
        return true;
      }
      response.setHeader(
          "WWW-Authenticate", "Bearer realm=\"" + realm + "\", error=\"invalid_token\"");
      answer(
          response,
          ProblemType.INVALID_KEY,
          "This is not a valid API key. It may be mistyped, or have been deleted or reissued.");
    } catch (StoreException e) {
      if (warnings.isDue()) {
        log.log(
            Level.WARNING,
            Causes.explain("Latchkey: users cannot be looked up, their keys get 503", e));
      }
      response.setHeader("Retry-After", ProblemType.RETRY_AFTER_SECONDS);
      answer(
          response,
          ProblemType.STORE_UNAVAILABLE,
          "This says nothing about the key. Keep it, and try again later.");
    }
    return false;
  }

  private static void answer(HttpServletResponse response, ProblemType type, String detail)
      throws IOException {
    byte[] body =
        """
        {"type":"%s","title":"%s","status":%d,"detail":"%s"}"""
            .formatted(type.urn(), type.title(), type.status(), detail)
            .getBytes(StandardCharsets.US_ASCII);
    response.resetBuffer();
    response.setStatus(type.status());
    response.setHeader("Cache-Control", "no-store");
    response.setContentType("application/problem+json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
