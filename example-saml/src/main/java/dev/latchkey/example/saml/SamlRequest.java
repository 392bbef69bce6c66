package dev.latchkey.example.saml;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request that knows of SAML logins; of others it says what the container says. */
final class SamlRequest extends HttpServletRequestWrapper {
  private static final String AUTH_TYPE = "SAML";

  private final Supplier<Instant> now;
  private final BiPredicate<String, String> isInRole;

  SamlRequest(
      HttpServletRequest request, Supplier<Instant> now, BiPredicate<String, String> isInRole) {
    super(request);
    this.now = now;
    this.isInRole = isInRole;
  }

  private @Nullable SamlLogin login() {
    HttpSession session = getSession(false);
    return session != null
            && session.getAttribute(SamlLogin.ATTRIBUTE) instanceof SamlLogin login
            && now.get().isBefore(login.endsAt())
        ? login
        : null;
  }

  @Override
  public @Nullable Principal getUserPrincipal() {
    SamlLogin login = login();
    return login != null ? login : super.getUserPrincipal();
  }

  @Override
  public @Nullable String getRemoteUser() {
    Principal principal = getUserPrincipal();
    return principal == null ? null : principal.getName();
  }

  @Override
  public @Nullable String getAuthType() {
    return login() != null ? AUTH_TYPE : super.getAuthType();
  }

  @Override
  public boolean isUserInRole(String role) {
    SamlLogin login = login();
    return login != null ? isInRole.test(login.name(), role) : super.isUserInRole(role);
  }

  @Override
  public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
    return login() != null || super.authenticate(response);
  }

  @Override
  public void login(String username, String password) throws ServletException {
    if (login() != null) {
      throw new ServletException(
          "Already logged in with SAML"); // as the Servlet specification says
    }
    super.login(username, password);
  }

  @Override
  public void logout() throws ServletException {
    HttpSession session = getSession(false);
    if (session != null) {
      session.removeAttribute(SamlLogin.ATTRIBUTE);
    }
    super.logout();
  }
}
