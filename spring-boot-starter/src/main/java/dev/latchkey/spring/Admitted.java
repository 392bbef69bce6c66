package dev.latchkey.spring;

import dev.latchkey.auth.ApiKeyPrincipal;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who comes with a live key and may use it, carried along through all dispatches of the request.
 *
 * @param principal as the filter knows them, with the roles of now
 * @param byBasic whether the key came as a password, which browsers send by themselves
 */
record Admitted(ApiKeyPrincipal principal, boolean byBasic) {
  private static final String ATTRIBUTE = Admitted.class.getName();

  void to(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** Returns who that is; null of a request without a key, or that has logged out. */
  static @Nullable Admitted of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Admitted admitted ? admitted : null;
  }

  static void forget(HttpServletRequest request) {
    request.removeAttribute(ATTRIBUTE);
  }
}
