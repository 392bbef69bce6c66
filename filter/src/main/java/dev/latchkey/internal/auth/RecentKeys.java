package dev.latchkey.internal.auth;

import dev.latchkey.internal.key.KeyHash;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A direct-mapped array of recently used keys, in front of the cache. It saves dependent memory
 * reads (the map's table, its node, the cache's node); with many keys these are most of the cost of
 * a request. It is an optimization only: without it, every request reads the cache.
 *
 * <p>Invariant: {@link #get} never returns a key whose invalidation has returned. Proof: the array
 * may hold a key that the cache has dropped, but {@code get} returns only keys on the fast path.
 * Every removal from the cache calls {@link CachedKey#invalidate} before another thread can see
 * that the key is gone, and an invalidated key never takes the fast path again.
 *
 * <p>Thread-safe.
 */
final class RecentKeys {
  /** One to two megabytes: a larger array would not stay in a processor's caches. */
  private static final int MAX_SLOTS = 1 << 18;

  private final AtomicReferenceArray<@Nullable CachedKey> slots;
  private final int mask;

  /** Creates an array in which most of this many keys have a slot of their own. */
  RecentKeys(long maximumKeys) {
    int length = 1;
    while (length < MAX_SLOTS && length / 2 < maximumKeys) {
      length *= 2;
    }
    slots = new AtomicReferenceArray<>(length);
    mask = length - 1;
  }

  /** Returns the key of a hash if it is here and on the fast path; else null. */
  @Nullable CachedKey get(KeyHash hash, long nowMillis) {
    CachedKey key = slots.getAcquire(slot(hash));
    return key != null && key.equals(hash) && key.onFastPath(nowMillis) ? key : null;
  }

  /** Puts a key into its slot and replaces what is there. */
  void add(CachedKey key) {
    int slot = slot(key);
    if (slots.getAcquire(slot) != key) { // a write takes the cache line from other processors
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
