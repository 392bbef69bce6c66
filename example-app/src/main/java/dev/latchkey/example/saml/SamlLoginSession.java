package dev.latchkey.example.saml;

import dev.latchkey.admin.LoginSession;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;

/** Keys of those who logged in with SAML end with their login. All that Latchkey knows of SAML. */
public final class SamlLoginSession implements LoginSession {
  @Override
  public Optional<Instant> endsAt(HttpServletRequest request) {
    return request.getUserPrincipal() instanceof SamlLogin login
        ? Optional.of(login.endsAt())
        : Optional.empty();
  }
}
