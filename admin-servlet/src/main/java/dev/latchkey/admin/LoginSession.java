package dev.latchkey.admin;

import dev.latchkey.manage.Login;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Instant;
import java.util.Optional;

/**
 * Who is logged in, and how long their login lasts.
 *
 * <p>Who it is, the container alone says. An application whose logins end by themselves, and whose
 * keys are to end with them (SAML, say), implements {@link #endsAt}. Implementations are
 * thread-safe; one that is named in a {@code web.xml} has a public constructor without parameters.
 */
@FunctionalInterface
public interface LoginSession {
  /** Logins that do not bound keys. */
  LoginSession UNBOUNDED = request -> Optional.empty();

  /**
   * When the login ends that this request belongs to. If there is such an end, the user cannot
   * choose an expiry: their keys expire then.
   */
  Optional<Instant> endsAt(HttpServletRequest request);

  /**
   * Returns the login that this request belongs to: the container's principal; empty if there is
   * none, or if it has no name, which is nobody that could own a key.
   */
  default Optional<Login> current(HttpServletRequest request) {
    return Optional.ofNullable(request.getUserPrincipal())
        .map(Principal::getName)
        .filter(name -> !name.isEmpty())
        .map(name -> new Login(name, endsAt(request).orElse(null)));
  }
}
