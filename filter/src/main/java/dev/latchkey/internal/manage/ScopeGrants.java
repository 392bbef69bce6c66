package dev.latchkey.internal.manage;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.scope.Scopes;
import dev.latchkey.manage.InvalidValueException;
import dev.latchkey.manage.Scope;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells which scopes an owner may give to a key.
 *
 * <p>Thread-safe.
 */
public final class ScopeGrants {
  private static final int MAX_SCOPES = 50;

  private final Scopes scopes;
  private final Function<String, Set<String>> rolesOf;

  /**
   * Grants declared scopes.
   *
   * @param rolesOf tells an owner's roles; asked only if a scope needs one
   */
  public ScopeGrants(Scopes scopes, Function<String, Set<String>> rolesOf) {
    this.scopes = scopes;
    this.rolesOf = rolesOf;
  }

  /**
   * Returns the declared scopes, as an owner may grant them.
   *
   * @throws StoreException if nobody tells the owner's roles now
   */
  List<Scope> of(String owner) {
    return scopes.grantable(roles(owner));
  }

  private Set<String> roles(String owner) {
    return scopes.needRoles() ? rolesOf.apply(owner) : Set.of();
  }

  /**
   * Checks what a key is to be limited to.
   *
   * @param wanted null for nothing
   * @throws InvalidValueException saying what is wrong with it
   * @throws StoreException if nobody tells the owner's roles now
   */
  @Nullable Set<String> checked(String owner, @Nullable Set<String> wanted) {
    if (wanted == null) {
      return null;
    }
    if (wanted.isEmpty() || wanted.size() > MAX_SCOPES) {
      throw invalid(
          "must hold 1 to %d scopes; leave it out for a key with all of your rights"
              .formatted(MAX_SCOPES));
    }
    for (String scope : wanted) {
      if (!scopes.isDeclared(scope)) {
        throw invalid(
            "must hold known scopes alone; known are " + String.join(", ", scopes.names()));
      }
    }
    Set<String> roles = roles(owner);
    for (String scope : wanted) {
      if (!scopes.isGrantable(scope, roles)) {
        throw invalid("must not hold " + scope + ", for which the key's owner lacks the role");
      }
    }
    return wanted;
  }

  private static InvalidValueException invalid(String message) {
    return new InvalidValueException("scopes", message);
  }
}
