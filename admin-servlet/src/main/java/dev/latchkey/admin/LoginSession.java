package dev.latchkey.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells how long logins last. An application whose logins end by themselves, and whose keys are to
 * end with them (SAML, say), implements it. Who is logged in, the container alone says.
 *
 * <p>Implementations are thread-safe; one that is named in a {@code web.xml} has a public
 * constructor without parameters.
 */
@FunctionalInterface
public interface LoginSession {
  /** Logins that do not bound keys. */
  LoginSession UNBOUNDED = request -> Optional.empty();

  /**
   * Returns when the login ends that this request belongs to. If there is such an end, the user
   * cannot choose an expiry: their keys expire then.
   *
   * @param request a request of a user whom the container knows
   */
  Optional<Instant> endsAt(HttpServletRequest request);
}
