package dev.latchkey.internal.scope;

import dev.latchkey.auth.ApiKeyPrincipal;
import dev.latchkey.manage.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The scopes that an application declares, the rules that say where one is needed, and the roles
 * that some need.
 *
 * <p>Immutable and thread-safe.
 */
public final class Scopes {
  private final Map<String, String> descriptions;
  private final Map<String, String> roles;
  private final ScopeRule[] rules;

  private Scopes(Map<String, String> descriptions, Map<String, String> roles, ScopeRule[] rules) {
    this.descriptions = descriptions;
    this.roles = roles;
    this.rules = rules;
  }

  /**
   * Compiles lines, each of which has its form.
   *
   * @param scopes declares them; see {@link ScopeLines#isNamed}
   * @param scopeRules says where they are needed; see {@link ScopeLines#isRule}
   * @param scopeRoles says which role one needs; see {@link ScopeLines#isNamed}
   * @throws IllegalArgumentException naming the setting, if lines contradict each other
   */
  public static Scopes of(List<String> scopes, List<String> scopeRules, List<String> scopeRoles) {
    Map<String, String> descriptions = byScope("scopes", scopes);
    Map<String, String> roles = byScope("scopeRoles", scopeRoles);
    roles.keySet().forEach(scope -> demandDeclared("scopeRoles", scope, descriptions));
    Map<String, List<ScopeLines.Rule>> byPattern = new LinkedHashMap<>();
    for (String line : scopeRules) {
      ScopeLines.Rule rule = ScopeLines.rule(line);
      rule.scopes().forEach(scope -> demandDeclared("scopeRules", scope, descriptions));
      byPattern.computeIfAbsent(rule.pattern(), pattern -> new ArrayList<>()).add(rule);
    }
    ScopeRule[] rules =
        byPattern.entrySet().stream()
            .map(entry -> ScopeRule.of(entry.getKey(), entry.getValue(), roles))
            .toArray(ScopeRule[]::new);
    return new Scopes(Collections.unmodifiableMap(descriptions), Map.copyOf(roles), rules);
  }

  private static Map<String, String> byScope(String setting, List<String> lines) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String line : lines) {
      ScopeLines.Named named = ScopeLines.named(line);
      if (texts.put(named.scope(), named.text()) != null) {
        throw new IllegalArgumentException(
            setting + " has two lines for the scope " + named.scope() + "; keep one");
      }
    }
    return texts;
  }

  private static void demandDeclared(
      String setting, String scope, Map<String, String> descriptions) {
    if (!descriptions.containsKey(scope)) {
      throw new IllegalArgumentException(
          "%s names the scope %s, which scopes does not declare; declared are: %s"
              .formatted(setting, scope, String.join(", ", descriptions.keySet())));
    }
  }

  /** Returns whether a scope needs its owner to have a role. */
  public boolean needRoles() {
    return !roles.isEmpty();
  }

  /** Returns whether a scope is declared. */
  public boolean isDeclared(String scope) {
    return descriptions.containsKey(scope);
  }

  /** Returns the names of the declared scopes, in their order. */
  public Set<String> names() {
    return descriptions.keySet();
  }

  /** Returns the declared scopes, in their order, as an owner with some roles may grant them. */
  public List<Scope> grantable(Set<String> ownersRoles) {
    return descriptions.entrySet().stream()
        .map(
            scope ->
                new Scope(
                    scope.getKey(), scope.getValue(), isGrantable(scope.getKey(), ownersRoles)))
        .toList();
  }

  /** Returns whether an owner with some roles may give a declared scope to a key. */
  public boolean isGrantable(String scope, Set<String> ownersRoles) {
    String role = roles.get(scope);
    return role == null || ownersRoles.contains(role);
  }

  /**
   * Returns whether a key has a scope, and its owner the role that it needs. A key that is not
   * limited has all that are declared.
   */
  public boolean has(ApiKeyPrincipal principal, String scope) {
    Set<String> held = principal.scopes();
    return isDeclared(scope)
        && (held == null || held.contains(scope))
        && isGrantable(scope, principal.roles());
  }

  /**
   * Judges a request by the first rule whose pattern covers its path. It allocates nothing if the
   * request may pass.
   *
   * @param servletPath the path's first part; begins with a slash, or is empty
   * @param pathInfo the rest of the path, likewise
   * @return null if the request may pass; otherwise the scopes any of which would do, which may be
   *     none
   */
  public @Nullable List<String> missing(
      ApiKeyPrincipal principal, String method, String servletPath, String pathInfo) {
    Set<String> held = principal.scopes();
    if (held == null) {
      return null;
    }
    for (ScopeRule rule : rules) {
      if (rule.covers(servletPath, pathInfo)) {
        return rule.missing(method, held, principal.roles());
      }
    }
    return List.of();
  }

  @Override
  public String toString() {
    return "Scopes" + Arrays.toString(rules);
  }
}
