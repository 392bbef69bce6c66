package dev.latchkey.servlet;

import dev.latchkey.auth.ApiKeyPrincipal;
import dev.latchkey.internal.scope.Scopes;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds what was decided of a request, carried along through all its dispatches: the owner of the
 * key, or nobody in particular. Only {@code logout()} changes it.
 */
final class Decision {
  private static final String SCOPE = "SCOPE_";

  private final Set<String> everybodysRoles;
  private final @Nullable Scopes scopes; // null for nobody in particular
  private final @Nullable ApiKeyPrincipal principal;
  private volatile boolean forgotten;

  private Decision(
      @Nullable ApiKeyPrincipal principal, Set<String> everybodysRoles, @Nullable Scopes scopes) {
    this.principal = principal;
    this.everybodysRoles = everybodysRoles;
    this.scopes = scopes;
  }

  static Decision granted(ApiKeyPrincipal principal, Set<String> everybodysRoles, Scopes scopes) {
    return new Decision(principal, everybodysRoles, scopes);
  }

  static Decision anonymous() {
    return new Decision(null, Set.of(), null);
  }

  @Nullable ApiKeyPrincipal principal() {
    return forgotten ? null : principal;
  }

  /** Of a name that stands for a scope, the scopes alone decide: no role widens a key. */
  boolean isInRole(ApiKeyPrincipal owner, String role) {
    if (scopes != null && role.startsWith(SCOPE)) {
      return scopes.has(owner, role.substring(SCOPE.length()));
    }
    return everybodysRoles.contains(role) || owner.roles().contains(role);
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
