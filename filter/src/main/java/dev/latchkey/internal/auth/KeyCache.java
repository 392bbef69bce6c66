package dev.latchkey.internal.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.latchkey.internal.key.KeyHash;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Caches what the store said: live keys, and hashes that it does not know. Each has a bound of its
 * own, so that a flood of made-up keys cannot evict live ones. A failure is never cached.
 *
 * <p>When an invalidation returns, nothing that was read from the store before it is found here, by
 * whatever way, nor gets here later. It always takes the same steps in the same order, see {@link
 * #invalidateIf}.
 *
 * <p>Thread-safe.
 */
final class KeyCache {
  private final PendingLookups pending;
  private final Cache<KeyHash, CachedKey> live;
  private final Policy<KeyHash, CachedKey> policy;
  private final RecentKeys recent;
  private final Cache<KeyHash, Boolean> unknown;

  /**
   * Creates an empty cache.
   *
   * @param nanoTime what ages are measured by
   * @param pending the look-ups whose results are to be cached here
   */
  KeyCache(CacheSettings settings, LongSupplier nanoTime, PendingLookups pending) {
    this.pending = pending;
    live =
        onCallersThread()
            .maximumSize(settings.cacheMaximumSize())
            .evictionListener(
                (@Nullable KeyHash hash, @Nullable CachedKey key, RemovalCause cause) -> {
                  if (key != null) {
                    drop(key);
                  }
                })
            .build();
    policy = live.policy();
    recent = new RecentKeys(settings.cacheMaximumSize());
    unknown =
        onCallersThread()
            .maximumSize(settings.unknownCacheMaximumSize())
            .expireAfterWrite(settings.unknownCacheTtl())
            .ticker(nanoTime::getAsLong)
            .build();
  }

  /** Begins a cache without threads: those of a common pool would keep the application alive. */
  private static Caffeine<Object, Object> onCallersThread() {
    return Caffeine.newBuilder().executor(Runnable::run);
  }

  /** Returns the key of a hash if it is on the fast path, and was used of late; else null. */
  @Nullable CachedKey getOnFastPath(KeyHash hash, long nowMillis) {
    return recent.get(hash, nowMillis);
  }

  /** Returns the key of a hash, or null. The eviction policy need not know of every single use. */
  @Nullable CachedKey get(KeyHash hash) {
    return policy.getIfPresentQuietly(hash);
  }

  /** Returns whether the store does not know a hash. */
  boolean isUnknown(KeyHash hash) {
    return unknown.getIfPresent(hash) != null;
  }

  /** Records that a key is in use, so that it stays while others are evicted. */
  void recordAccess(CachedKey key) {
    if (live.getIfPresent(key) == key) {
      recent.add(key);
    }
  }

  /**
   * Caches what the store says of a hash.
   *
   * @param found the key; empty if there is none
   * @return what is cached now: {@code found}, or the key that was cached and says the same
   */
  Optional<CachedKey> cacheResult(KeyHash hash, Optional<CachedKey> found) {
    if (found.isEmpty()) {
      removeLive(hash);
      unknown.put(hash, Boolean.TRUE);
      return found;
    }
    unknown.invalidate(hash);
    return Optional.of(putLive(found.get()));
  }

  private CachedKey putLive(CachedKey found) {
    CachedKey cached = get(found);
    if (cached != null && cached.confirm(found)) {
      return cached;
    }
    while (live.asMap().putIfAbsent(found, found) != null) {
      removeLive(found); // a put would keep the old key as the map's key, and not drop it
    }
    return found;
  }

  /** Removes the live key of a hash, since its row can no longer be read. */
  void removeLive(KeyHash hash) {
    removeLiveIf(hash, key -> true);
  }

  /** Invalidates a hash; for use after the store has changed. */
  void invalidate(KeyHash hash) {
    invalidateIf(hash, key -> true);
  }

  /** Invalidates a hash unless the cached key is the very version that a change led to. */
  void invalidateUnlessVersion(KeyHash hash, Instant version) {
    invalidateIf(hash, key -> !key.hasVersion(version));
  }

  /** Invalidates all hashes. */
  void invalidateAll() {
    pending.hashes().forEach(this::invalidate); // first: what is complete by then is seen below
    live.asMap().keySet().forEach(this::invalidate);
    unknown.asMap().keySet().forEach(this::invalidate);
  }

  /**
   * Has each live key be looked at again by its next request. What is pending or unknown is
   * invalidated.
   */
  void closeFastPaths() {
    pending.hashes().forEach(pending::invalidate);
    live.asMap().values().forEach(CachedKey::closeFastPath);
    unknown.invalidateAll();
  }

  /**
   * Invalidates a hash in the only right order. The pending look-up goes first: if the cache were
   * cleared first, a look-up that read the old row could still fill it afterwards. The key object
   * is invalidated before the map drops it, since {@link RecentKeys} may still hold it.
   */
  private void invalidateIf(KeyHash hash, Predicate<CachedKey> outdated) {
    pending.invalidate(hash);
    removeLiveIf(hash, outdated);
    unknown.invalidate(hash);
  }

  private void removeLiveIf(KeyHash hash, Predicate<CachedKey> outdated) {
    live.asMap()
        .computeIfPresent(
            hash,
            (same, key) -> {
              if (outdated.test(key)) {
                drop(key);
                return null;
              }
              return key;
            });
  }

  private void drop(CachedKey key) {
    key.invalidate();
    recent.remove(key);
  }
}
