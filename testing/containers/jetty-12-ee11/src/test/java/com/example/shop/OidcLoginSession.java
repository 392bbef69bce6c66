package com.example.shop;

import dev.latchkey.admin.LoginSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.Optional;

/** Bounds keys by the end of the login, which the application's own code puts into the session. */
public final class OidcLoginSession implements LoginSession {
  public static final String ENDS_AT = "login.endsAt";

  @Override
  public Optional<Instant> endsAt(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session != null && session.getAttribute(ENDS_AT) instanceof Instant end
        ? Optional.of(end)
        : Optional.empty();
  }
}
