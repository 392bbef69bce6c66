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
 * Caches live keys and unknown hashes. Each kind has a bound of its own, so that a flood of made-up
 * keys cannot evict live ones. A failure is never cached.
 *
 * <p>When an invalidation returns, the cache holds nothing that was read from the store before it,
 * and no look-up in progress can add it later. Each invalidation takes the same steps in the same
 * order, see {@link #invalidateIf}.
 *
 * <p>Thread-safe.
 */
final class KeyCache {
  private final PendingLookups<KeyHash, CachedKey> pending;
  private final Cache<KeyHash, CachedKey> live;
  private final Policy<KeyHash, CachedKey> policy;
  private final RecentKeys recent;
  private final Cache<KeyHash, Boolean> unknown;

  /**
   * Creates an empty cache.
   *
   * @param nanoTime measures ages
   * @param pending registers the look-ups whose results are cached here
   */
  KeyCache(
      CacheSettings settings, LongSupplier nanoTime, PendingLookups<KeyHash, CachedKey> pending) {
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

  /** Builds a cache without threads: those of a common pool would keep the application alive. */
  private static Caffeine<Object, Object> onCallersThread() {
    return Caffeine.newBuilder().executor(Runnable::run);
  }

  /** Returns the key of a hash if it is on the fast path and was used recently; else null. */
  @Nullable CachedKey getOnFastPath(KeyHash hash, long nowMillis) {
    return recent.get(hash, nowMillis);
  }

  /** Returns the key of a hash, or null. Does not tell the eviction policy: see recordAccess. */
  @Nullable CachedKey get(KeyHash hash) {
    return policy.getIfPresentQuietly(hash);
  }

  /** Returns whether a hash is cached as unknown. */
  boolean isUnknown(KeyHash hash) {
    return unknown.getIfPresent(hash) != null;
  }

  /** Returns about how many live keys are cached. */
  long liveKeys() {
    return live.estimatedSize();
  }

  /** Returns about how many unknown hashes are cached. */
  long unknownKeys() {
    return unknown.estimatedSize();
  }

  /** Tells the eviction policy that a key is in use. */
  void recordAccess(CachedKey key) {
    if (live.getIfPresent(key) == key) {
      recent.add(key);
    }
  }

  /**
   * Caches the result of a look-up.
   *
   * @param found the key; empty if there is none
   * @return the key that is cached now: {@code found}, or an equal one that was there before
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
      removeLive(found); // put would keep the old object as the map's key, and not drop it
    }
    return found;
  }

  /** Removes the live key of a hash, because its row cannot be read. */
  void removeLive(KeyHash hash) {
    removeLiveIf(hash, key -> true);
  }

  /** Invalidates a hash; call this after a change of the store. */
  void invalidate(KeyHash hash) {
    invalidateIf(hash, key -> true);
  }

  /** Invalidates a hash unless the cached key is the version that a change led to. */
  void invalidateUnlessVersion(KeyHash hash, Instant version) {
    invalidateIf(hash, key -> !key.hasVersion(version));
  }

  /** Invalidates all hashes. */
  void invalidateAll() {
    pending
        .keys()
        .forEach(this::invalidate); // first: look-ups that complete before are removed below
    live.asMap().keySet().forEach(this::invalidate);
    unknown.asMap().keySet().forEach(this::invalidate);
  }

  /**
   * Makes the next request of each live key check it in full. Invalidates pending look-ups and
   * unknown hashes.
   */
  void closeFastPaths() {
    pending.keys().forEach(pending::invalidate);
    live.asMap().values().forEach(CachedKey::closeFastPath);
    unknown.invalidateAll();
  }

  /**
   * Invalidates a hash in the only safe order. The pending look-up goes first: if the cache were
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
