package dev.latchkey.manage;

import java.util.List;

/**
 * What a revocation by a filter did, or would do. Latchkey implements it; methods may be added.
 *
 * <p>Immutable and thread-safe.
 */
public interface RevokedKeys {
  /**
   * Returns how many keys died; those that went with their successors count, too. What a revocation
   * would do counts those only that were meant themselves.
   */
  int count();

  /** Returns some of them, at most 50. */
  List<ApiKey> keys();

  /** Returns whether there are more, for which to call again. */
  boolean hasMore();
}
