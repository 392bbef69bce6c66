package dev.latchkey.servlet;

import dev.latchkey.auth.ApiKeyPrincipal;
import dev.latchkey.auth.OwnerRoles;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was decided of a request, carried along through all its dispatches: the owner of the key, or
 * nobody in particular. Only {@code logout()} changes it.
 */
final class Decision {
  private final OwnerRoles roles;
  private final @Nullable ApiKeyPrincipal principal;
  private volatile boolean forgotten;

  private Decision(@Nullable ApiKeyPrincipal principal, OwnerRoles roles) {
    this.principal = principal;
    this.roles = roles;
  }

  static Decision granted(ApiKeyPrincipal principal, OwnerRoles roles) {
    return new Decision(principal, roles);
  }

  static Decision anonymous() {
    return new Decision(null, owners -> Map.of());
  }

  @Nullable ApiKeyPrincipal principal() {
    return forgotten ? null : principal;
  }

  boolean isInRole(String owner, String role) {
    return roles.rolesOf(List.of(owner)).getOrDefault(owner, Set.of()).contains(role);
  }

  void forget() {
    forgotten = true;
  }

  /** Returns the request as the application is to see it, on its first dispatch. */
  HttpServletRequest wrap(HttpServletRequest request) {
    return principal() == null ? request : new AuthenticatedRequest(request, this);
  }

  /** Returns the request for a later dispatch: itself if this decision is applied to it already. */
  HttpServletRequest rewrap(HttpServletRequest request) {
    return isAppliedTo(request) ? request : wrap(request);
  }

  private boolean isAppliedTo(ServletRequest request) {
    ServletRequest next = request;
    while (next instanceof ServletRequestWrapper wrapper) {
      if (wrapper instanceof AuthenticatedRequest authenticated && authenticated.isBy(this)) {
        return true;
      }
      next = wrapper.getRequest();
    }
    return false;
  }
}
