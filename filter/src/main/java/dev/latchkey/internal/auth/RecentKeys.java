package dev.latchkey.internal.auth;

import dev.latchkey.internal.key.KeyHash;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A direct-mapped array of recently used keys, in front of the cache. It saves dependent memory
 * reads (the map's table, its node, the cache's node), which with many keys is most of what a
 * request costs. It is an optimization only: without it, every request takes the cache's way.
 *
 * <p>Invariant: {@link #get} never returns a key whose invalidation has returned. Proof: the array
 * may hold a key that the cache has dropped, but {@code get} returns only keys on the fast path.
 * Every removal from the cache calls {@link CachedKey#invalidate} before anybody can find the key
 * gone, and an invalidated key is never on the fast path again.
 *
 * <p>Thread-safe.
 */
final class RecentKeys {
  /** A megabyte or two: more would not stay in a processor's caches, and then save nothing. */
  private static final int MAX_SLOTS = 1 << 18;

  private final AtomicReferenceArray<@Nullable CachedKey> slots;
  private final int mask;

  /** Creates an array in which most of so many keys have a slot for themselves. */
  RecentKeys(long maximumKeys) {
    int length = 1;
    while (length < MAX_SLOTS && length / 2 < maximumKeys) {
      length *= 2;
    }
    slots = new AtomicReferenceArray<>(length);
    mask = length - 1;
  }

  /** Returns the key of a hash if it is here, and on the fast path; else null. */
  @Nullable CachedKey get(KeyHash hash, long nowMillis) {
    CachedKey key = slots.getAcquire(slot(hash));
    return key != null && key.equals(hash) && key.onFastPath(nowMillis) ? key : null;
  }

  /** Puts a key into its slot, in place of what is there. */
  void add(CachedKey key) {
    int slot = slot(key);
    if (slots.getAcquire(slot) != key) { // a write would take the line from other processors
      slots.setRelease(slot, key);
    }
  }

  /** Empties the slot of a key, so that an invalidated key can be collected. */
  void remove(CachedKey key) {
    slots.compareAndSet(slot(key), key, null);
  }

  private int slot(KeyHash hash) {
    return hash.hashCode() & mask;
  }
}
