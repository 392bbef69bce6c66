package dev.latchkey.spring;

import dev.latchkey.auth.OwnerRoles;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Where the application knows its users. Implementations are thread-safe. */
@FunctionalInterface
interface OwnerDirectory {
  /**
   * Finds owners, as they are now.
   *
   * @return those who may use keys; who is left out may not
   * @throws RuntimeException if it cannot tell, which is not "no"
   */
  Map<String, Owner> find(Collection<String> owners);

  /** Returns a directory in which everybody may use keys. */
  static OwnerDirectory ofEverybody(OwnerRoles roles) {
    return owners -> {
      Map<String, Set<String>> found = roles.rolesOf(owners);
      Map<String, Owner> all = new HashMap<>();
      for (String owner : owners) {
        all.put(owner, Owner.withRoles(found.getOrDefault(owner, Set.of())));
      }
      return all;
    };
  }

  /** Returns a directory of the same owners with the roles that another tells. */
  default OwnerDirectory withRoles(OwnerRoles roles) {
    return owners -> {
      Map<String, Owner> found = new HashMap<>(find(owners));
      found.putAll(ofEverybody(roles).find(found.keySet()));
      return found;
    };
  }
}
