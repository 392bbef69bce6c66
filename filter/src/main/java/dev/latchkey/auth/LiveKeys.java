package dev.latchkey.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.latchkey.key.KeyHash;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The live keys that are remembered. Caffeine's cache decides which; in front of it is an array of
 * shortcuts to those that were judged of late, since with many keys a request takes as long as it
 * takes to fetch its way from memory: the map's table, its node, the cache's node.
 *
 * <p>A shortcut is followed to settled keys only, and need not lead to what is remembered still:
 * what the cache gives up, for whatever reason, is marked as forgotten before anybody can find it
 * gone, and is never settled again.
 *
 * <p>Thread-safe.
 */
final class LiveKeys {
  /** A megabyte or two: more would not stay in a processor's caches, and then be no shortcut. */
  private static final int MOST_SHORTCUTS = 1 << 18;

  private final Cache<KeyHash, ConfirmedKey> cache;
  private final Policy<KeyHash, ConfirmedKey> quietly;
  private final AtomicReferenceArray<@Nullable ConfirmedKey> shortcuts;
  private final int mask;

  /** None yet, and room for so many. */
  LiveKeys(long maximumSize) {
    cache =
        Caffeine.newBuilder()
            .maximumSize(maximumSize)
            .executor(Runnable::run) // no threads of others hold on to the application
            .evictionListener(
                (@Nullable KeyHash hash, @Nullable ConfirmedKey key, RemovalCause cause) -> {
                  if (key != null) {
                    mark(key);
                  }
                })
            .build();
    quietly = cache.policy();
    int places = 1;
    while (places < MOST_SHORTCUTS
        && places / 2 < maximumSize) { // most keys then have one for themselves
      places *= 2;
    }
    shortcuts = new AtomicReferenceArray<>(places);
    mask = places - 1;
  }

  /** The key of a hash if it is settled, and at hand. */
  @Nullable ConfirmedKey settled(KeyHash hash, long nowMillis) {
    ConfirmedKey key = shortcuts.getAcquire(place(hash));
    return key != null && key.equals(hash) && key.isSettled(nowMillis) ? key : null;
  }

  /** The key of a hash. Quietly: the eviction policy need not know of every single use. */
  @Nullable ConfirmedKey get(KeyHash hash) {
    return quietly.getIfPresentQuietly(hash);
  }

  /** Takes note that a key is in use, so that it stays while others go. */
  void touch(ConfirmedKey key) {
    boolean remembered = cache.getIfPresent(key) == key;
    int place = place(key);
    if (remembered && shortcuts.getAcquire(place) != key) {
      shortcuts.setRelease(place, key);
    }
  }

  /**
   * Remembers what the store says of a key.
   *
   * @return the same, or what was remembered before and says the same
   */
  ConfirmedKey put(ConfirmedKey found) {
    ConfirmedKey known = get(found);
    if (known != null && known.confirm(found)) {
      return known;
    }
    while (cache.asMap().putIfAbsent(found, found) != null) {
      forget(found, any -> true); // a put would keep it as the map's key, and not mark it
    }
    return found;
  }

  /** Forgets the key of a hash. Who looks for it after the return does not find it. */
  void forget(KeyHash hash) {
    forget(hash, any -> true);
  }

  /** The same unless it is as of a change. */
  void forgetUnlessAsOf(KeyHash hash, Instant change) {
    forget(hash, key -> !key.isAsOf(change));
  }

  /** Forgets all keys. */
  void forgetAll() {
    cache.asMap().keySet().forEach(this::forget);
  }

  /** Has all keys be looked at again by their next request. */
  void unsettleAll() {
    cache.asMap().values().forEach(ConfirmedKey::unsettle);
  }

  private void forget(KeyHash hash, Predicate<ConfirmedKey> which) {
    cache
        .asMap()
        .computeIfPresent(
            hash,
            (same, key) -> {
              if (which.test(key)) {
                mark(key);
                return null;
              }
              return key;
            });
  }

  private void mark(ConfirmedKey key) {
    key.forget();
    shortcuts.compareAndSet(place(key), key, null);
  }

  private int place(KeyHash hash) {
    return hash.hashCode() & mask;
  }
}
