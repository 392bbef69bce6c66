package dev.latchkey.spring;

import dev.latchkey.auth.OwnerRoles;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Tells the filter the roles of owners, for {@code isUserInRole()} outside Spring Security. */
record RolesOf(Owners owners) implements OwnerRoles {
  @Override
  public Map<String, Set<String>> rolesOf(Collection<String> names) {
    Map<String, Set<String>> roles = new HashMap<>();
    names.forEach(name -> roles.put(name, owners.of(name).roles()));
    return roles;
  }
}
