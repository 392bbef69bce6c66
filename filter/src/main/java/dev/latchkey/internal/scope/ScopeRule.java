package dev.latchkey.internal.scope;

import dev.latchkey.internal.path.PathPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lines of one pattern. Arrays, since a request reads them all. Immutable and thread-safe. */
final class ScopeRule {
  private final PathPattern pattern;
  private final Line[] lines;

  private ScopeRule(PathPattern pattern, Line[] lines) {
    this.pattern = pattern;
    this.lines = lines;
  }

  static ScopeRule of(String pattern, List<ScopeLines.Rule> rules, Map<String, String> roles) {
    return new ScopeRule(
        PathPattern.of(pattern),
        rules.stream().map(rule -> Line.of(rule, roles)).toArray(Line[]::new));
  }

  boolean covers(String servletPath, String pathInfo) {
    return pattern.covers(servletPath, pathInfo);
  }

  /** Returns null if the first line that has the method lets the request pass. */
  @Nullable List<String> missing(String method, Set<String> held, Set<String> ownersRoles) {
    for (Line line : lines) {
      if (line.has(method)) {
        return line.isSatisfied(held, ownersRoles) ? null : line.wouldDo(ownersRoles);
      }
    }
    return List.of();
  }

  @Override
  public String toString() {
    return pattern.toString();
  }

  /**
   * One line.
   *
   * @param methods empty for all of them
   * @param scopes any of them will do
   * @param roles what the owner must have for each of the scopes, or null
   */
  private record Line(String[] methods, String[] scopes, @Nullable String[] roles) {
    static Line of(ScopeLines.Rule rule, Map<String, String> roles) {
      return new Line(
          rule.methods().toArray(String[]::new),
          rule.scopes().toArray(String[]::new),
          rule.scopes().stream().map(roles::get).toArray(String[]::new));
    }

    boolean has(String method) {
      if (methods.length == 0) {
        return true;
      }
      for (String one : methods) {
        if (one.equals(method)) {
          return true;
        }
      }
      return false;
    }

    boolean isSatisfied(Set<String> held, Set<String> ownersRoles) {
      for (int i = 0; i < scopes.length; i++) {
        if (held.contains(scopes[i]) && ownerMay(i, ownersRoles)) {
          return true;
        }
      }
      return false;
    }

    private boolean ownerMay(int i, Set<String> ownersRoles) {
      String role = roles[i];
      return role == null || ownersRoles.contains(role);
    }

    List<String> wouldDo(Set<String> ownersRoles) {
      List<String> wouldDo = new ArrayList<>();
      for (int i = 0; i < scopes.length; i++) {
        if (ownerMay(i, ownersRoles)) {
          wouldDo.add(scopes[i]);
        }
      }
      return wouldDo;
    }
  }
}
