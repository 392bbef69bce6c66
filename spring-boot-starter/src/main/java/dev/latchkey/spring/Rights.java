package dev.latchkey.spring;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.auth.OwnerDirectory;
import dev.latchkey.auth.OwnerRoles;
import java.util.Collection;
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
  static final Rights NOT_TOLD = new Rights(null, null);

  /** Returns whether the roles are authorities of Spring Security. */
  boolean areAuthorities() {
    return users instanceof UserDetailsDirectory && roles == null;
  }

  void addTo(ApiKeysConfig.Builder config) {
    if (users != null) {
      config.ownerDirectory(roles == null ? users : owners -> find(users, roles, owners));
    } else if (roles != null) {
      config.ownerRoles(roles);
    }
  }

  /** Finds users with others' roles. Names count exactly, and no answer of either remains none. */
  private static Map<String, Set<String>> find(
      OwnerDirectory users, OwnerRoles roles, Collection<String> owners) {
    Map<String, Set<String>> told = new HashMap<>(roles.rolesOf(owners));
    Map<String, Set<String>> found = new HashMap<>(users.find(owners));
    found.replaceAll((owner, known) -> known == null ? null : told.getOrDefault(owner, Set.of()));
    return found;
  }
}
