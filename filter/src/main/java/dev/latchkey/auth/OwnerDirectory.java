package dev.latchkey.auth;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Tells which owners may use their keys, and which roles they have, where both come from one place,
 * such as a user directory. Latchkey asks it as it asks {@link OwnerRoles}: for many owners at
 * once, and caches the answers.
 *
 * <p>Implementations are thread-safe.
 */
@FunctionalInterface
public interface OwnerDirectory {
  /**
   * Finds the owners who may use their keys.
   *
   * @param owners names of owners, each once, at most 512; they compare exactly
   * @return the roles of each who may; an owner who is left out may not
   */
  Map<String, Set<String>> find(Collection<String> owners);
}
