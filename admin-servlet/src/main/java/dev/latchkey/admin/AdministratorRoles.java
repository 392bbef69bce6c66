package dev.latchkey.admin;

import dev.latchkey.internal.http.ProblemType;
import dev.latchkey.manage.KeyOwner;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which logins administer keys. The container is asked on every request, so a role counts as
 * long as one has it.
 *
 * @param administrator the role of those who see, narrow and revoke; null if nobody does
 * @param issuer the role of those who also add, reissue and widen; null if nobody does
 */
record AdministratorRoles(@Nullable String administrator, @Nullable String issuer) {
  static final AdministratorRoles NONE = new AdministratorRoles(null, null);

  /** Stand for everybody, or for everybody who is logged in, in descriptors. */
  private static final Set<String> NO_ROLES = Set.of("", "*", "**");

  /** Returns the roles that init-params name. */
  static AdministratorRoles of(@Nullable String administrator, @Nullable String issuer)
      throws ServletException {
    if (issuer != null && administrator == null) {
      throw new ServletException(
          "issuerRole needs administratorRole beside it: issuers are administrators");
    }
    return new AdministratorRoles(
        role("administratorRole", administrator), role("issuerRole", issuer));
  }

  private static @Nullable String role(String name, @Nullable String text) throws ServletException {
    String role = text == null ? null : text.strip();
    if (role != null && NO_ROLES.contains(role)) {
      throw new ServletException(
          name
              + " must name one role, not be '"
              + role
              + "'; leave it out if nobody is to have it");
    }
    return role;
  }

  boolean areSet() {
    return administrator != null;
  }

  /** Returns whether the caller is an administrator. */
  boolean includeCaller(HttpServletRequest request) {
    return administrator != null && request.isUserInRole(administrator);
  }

  /**
   * Returns what a login may do.
   *
   * @throws ProblemException if they are no administrator
   */
  Administrator of(KeyOwner login, HttpServletRequest request) {
    if (!includeCaller(request)) {
      throw new ProblemException(
          ProblemType.NOT_ADMINISTRATOR, "Only administrators of API keys may do this.");
    }
    return new Administrator(login, issuer != null && request.isUserInRole(issuer));
  }
}
