package dev.latchkey.spring;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.auth.OwnerDirectory;
import dev.latchkey.auth.OwnerRoles;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may use keys, and with which roles, as far as beans of the application tell it.
 *
 * @param users where the users are; null if everybody may
 * @param roles who tells roles; null if the users have them
 */
record Rights(@Nullable OwnerDirectory users, @Nullable OwnerRoles roles) {
  /** Returns whether the roles are authorities of Spring Security. */
  boolean areAuthorities() {
    return users != null && roles == null;
  }

  void addTo(ApiKeysConfig.Builder config) {
    if (users != null) {
      config.ownerDirectory(roles == null ? users : withRoles(users, roles));
    } else if (roles != null) {
      config.ownerRoles(roles);
    }
  }

  private static OwnerDirectory withRoles(OwnerDirectory users, OwnerRoles roles) {
    return owners -> {
      Map<String, Set<String>> found = new HashMap<>(users.find(owners));
      Map<String, Set<String>> told = roles.rolesOf(found.keySet());
      found.replaceAll((owner, none) -> told.getOrDefault(owner, Set.of()));
      return found;
    };
  }
}
