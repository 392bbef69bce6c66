package dev.latchkey.servlet;

import dev.latchkey.ApiKeys;
import dev.latchkey.auth.ApiKeyPrincipal;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * A request whose caller is the owner of a key, in everything the Servlet API says of callers,
 * until the application logs them out: from then on the container answers.
 */
final class AuthenticatedRequest extends HttpServletRequestWrapper {
  private final Decision decision;

  AuthenticatedRequest(HttpServletRequest request, Decision decision) {
    super(request);
    this.decision = decision;
  }

  boolean isBy(Decision other) {
    return decision == other;
  }

  @Override
  public @Nullable Principal getUserPrincipal() {
    ApiKeyPrincipal principal = decision.principal();
    return principal != null ? principal : super.getUserPrincipal();
  }

  @Override
  public @Nullable String getRemoteUser() {
    ApiKeyPrincipal principal = decision.principal();
    return principal != null ? principal.getName() : super.getRemoteUser();
  }

  @Override
  public @Nullable String getAuthType() {
    return decision.principal() != null ? ApiKeys.AUTH_TYPE : super.getAuthType();
  }

  /** Servlet specification section 13.3: nobody is in "*", everybody authenticated is in "**". */
  @Override
  public boolean isUserInRole(@Nullable String role) {
    ApiKeyPrincipal principal = decision.principal();
    if (principal == null) {
      return super.isUserInRole(role);
    }
    if (role == null) {
      return false;
    }
    return switch (role) {
      case "*" -> false;
      case "**" -> true;
      default -> decision.isInRole(principal, role);
    };
  }

  @Override
  public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
    return decision.principal() != null || super.authenticate(response);
  }

  @Override
  public void login(String username, String password) throws ServletException {
    if (decision.principal() != null) {
      throw new ServletException("The caller is authenticated by API key; call logout() first");
    }
    super.login(username, password);
  }

  @Override
  public void logout() throws ServletException {
    decision.forget();
    if (super.getUserPrincipal() != null) { // some containers cannot log out whom they do not know
      super.logout();
    }
  }
}
