package dev.latchkey.auth;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Tells which roles the owners of keys have, for {@code isUserInRole()}. Latchkey asks for many
 * owners at once, on threads of its own, and caches the answers for {@code ownerTtl}; so do not
 * cache, and return or throw within a bounded time. An exception, a null, or a null set is no
 * answer and never "no": the last answer counts until {@code maxStale}, then callers get 503.
 *
 * <p>Implementations are thread-safe.
 */
@FunctionalInterface
public interface OwnerRoles {
  /**
   * Lists the roles of owners.
   *
   * @param owners names of owners, each once, at most 512; they compare exactly
   * @return the roles by owner. An owner who is left out has none, but may use keys; an owner whose
   *     set is null got no answer
   */
  Map<String, Set<String>> rolesOf(Collection<String> owners);
}
