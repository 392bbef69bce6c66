package dev.latchkey.auth;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Tells which owners may use their keys, and which roles they have, where both come from one place,
 * such as a user directory. Latchkey asks for many owners at once, on threads of its own, and
 * caches the answers for {@code ownerTtl}; so do not cache, and return or throw within a bounded
 * time. An exception, a null, or a null set is no answer and never "no": the last answer counts
 * until {@code maxStale}, then callers get 503.
 *
 * <p>Implementations are thread-safe.
 */
@FunctionalInterface
public interface OwnerDirectory {
  /**
   * Finds the owners who may use their keys.
   *
   * @param owners names of owners, each once, at most 512; they compare exactly
   * @return the roles by owner, of those who may use their keys. An owner who is left out may not;
   *     an owner whose set is null got no answer
   */
  Map<String, Set<String>> find(Collection<String> owners);
}
