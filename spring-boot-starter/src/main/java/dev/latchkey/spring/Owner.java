package dev.latchkey.spring;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the application says of an owner.
 *
 * @param mayUseKeys false of a user who is disabled, locked, expired or unknown
 * @param authorities as Spring Security has them
 * @param roles as {@code isUserInRole()} has them, without a prefix
 */
record Owner(boolean mayUseKeys, Set<String> authorities, Set<String> roles) {
  static final Owner UNKNOWN = new Owner(false, Set.of(), Set.of());

  private static final String ROLE = "ROLE_";

  static Owner withAuthorities(Set<String> authorities) {
    Set<String> roles = new LinkedHashSet<>(authorities);
    for (String authority : authorities) {
      if (authority.startsWith(ROLE)) {
        roles.add(authority.substring(ROLE.length()));
      }
    }
    return new Owner(true, Set.copyOf(authorities), Set.copyOf(roles));
  }

  static Owner withRoles(Set<String> roles) {
    Set<String> authorities = new LinkedHashSet<>();
    for (String role : roles) {
      authorities.add(role.startsWith(ROLE) ? role : ROLE + role);
    }
    return new Owner(true, Set.copyOf(authorities), Set.copyOf(roles));
  }
}
