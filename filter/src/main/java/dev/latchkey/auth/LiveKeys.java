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
 * shortcuts to those that are settled, since with many keys a request takes as long as it takes to
 * fetch its way from memory: the map's table, its node, the cache's node.
 *
 * <p>A shortcut need not lead to what is remembered still: what the cache gives up, for whatever
 * reason, is marked as forgotten before anybody can find it gone, and is never settled again.
 *
 * <p>Thread-safe.
 */
final class LiveKeys {
  /** A megabyte: more would not stay in a processor's caches, and then be no shortcut. */
  private static final int MOST_SHORTCUTS = 1 << 18;

  private final Cache<KeyHash, ConfirmedKey> cache;
  private final Policy<KeyHash, ConfirmedKey> quietly;
  private final AtomicReferenceArray<@Nullable ConfirmedKey> shortcuts;
  private final int mask;

  /** None yet, and never more than so many. */
  LiveKeys(long maximumSize) {
    cache =
        Caffeine.newBuilder()
            .maximumSize(maximumSize)
            .executor(Runnable::run) // no threads of others hold on to the application
            .evictionListener(
                (@Nullable KeyHash hash, @Nullable ConfirmedKey key, RemovalCause cause) -> {
                  if (key != null) {
                    forget(key);
                  }
                })
            .build();
    quietly = cache.policy();
    int places = 1;
    while (places < MOST_SHORTCUTS && places / 2 < maximumSize) { // hardly two want the same
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
    cache.getIfPresent(key);
    int place = place(key);
    if (shortcuts.getAcquire(place) != key) {
      shortcuts.setRelease(place, key);
    }
  }

  /**
   * Remembers what the store says of a key; not to be called twice at once for the same hash.
   *
   * @return what is remembered now: the same, or what was remembered before and says the same
   */
  ConfirmedKey put(ConfirmedKey found) {
    ConfirmedKey known = get(found);
    if (known != null && known.confirm(found)) {
      return known;
    }
    forget(found, any -> true); // else it would stay as the map's key, with another value
    cache.put(found, found);
    return found;
  }

  /** Forgets the key of a hash. From the return on, nobody finds it. */
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

  private void forget(KeyHash hash, Predicate<ConfirmedKey> which) {
    cache
        .asMap()
        .computeIfPresent(
            hash,
            (same, key) -> {
              if (which.test(key)) {
                forget(key);
                return null;
              }
              return key;
            });
  }

  private void forget(ConfirmedKey key) {
    key.forget();
    shortcuts.compareAndSet(place(key), key, null);
  }

  private int place(KeyHash hash) {
    return hash.hashCode() & mask;
  }
}
