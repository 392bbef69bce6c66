package dev.latchkey.manage;

import java.util.List;

/**
 * What a revocation by a filter did, or would do. Latchkey implements it; methods may be added.
 *
 * <p>Immutable and thread-safe.
 */
public interface RevokedKeys {
  /** Returns how many keys die; those that go with their successors count, too. */
  int count();

  /** Returns some of them, at most 50. */
  List<ApiKey> keys();

  /** Returns whether there may be more, for which to call again, even if none died. */
  boolean hasMore();
}
