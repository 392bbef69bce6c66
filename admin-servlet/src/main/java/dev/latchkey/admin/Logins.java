package dev.latchkey.admin;

import dev.latchkey.ApiKeys;
import dev.latchkey.internal.http.ProblemType;
import dev.latchkey.manage.KeyOwner;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;

/**
 * Tells who is logged in, by what the container says.
 *
 * @param session tells how long logins last
 */
record Logins(LoginSession session) {

  /**
   * Returns the user whom a request acts for.
   *
   * @throws ProblemException if there is none, or if a key stands for them
   */
  KeyOwner owner(Exchange exchange) {
    HttpServletRequest request = exchange.request();
    if (ApiKeys.AUTH_TYPE.equals(request.getAuthType())) {
      throw new ProblemException(
          ProblemType.LOGIN_REQUIRED,
          "An API key cannot manage API keys. Log in to the application instead.");
    }
    Principal principal = request.getUserPrincipal();
    String name = principal == null ? null : principal.getName();
    if (name == null || name.isEmpty()) { // a login without a name is nobody who can own a key
      throw new ProblemException(ProblemType.NOT_LOGGED_IN, "Log in to the application first.");
    }
    KeyOwner user = KeyOwner.of(name);
    KeyOwner owner = exchange.address().map(user::withAddress).orElse(user);
    return session.endsAt(request).map(owner::withLoginEndingAt).orElse(owner);
  }
}
