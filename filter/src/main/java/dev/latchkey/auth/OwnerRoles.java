package dev.latchkey.auth;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Tells which roles the owners of keys have, for {@code isUserInRole()}. It is asked whenever the
 * application asks, so it should be quick.
 *
 * <p>Implementations are thread-safe.
 */
@FunctionalInterface
public interface OwnerRoles {
  /**
   * Lists the roles of owners.
   *
   * @param owners names of owners, each once
   * @return the roles by owner; an owner who is left out has none
   */
  Map<String, Set<String>> rolesOf(Collection<String> owners);
}
