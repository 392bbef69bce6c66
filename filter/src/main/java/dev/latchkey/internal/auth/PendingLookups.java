package dev.latchkey.internal.auth;

import dev.latchkey.internal.auth.PendingLookup.Answer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Registers the look-ups in progress, at most one per hash or owner.
 *
 * <p>A result is cached only while its {@code PendingLookup} is still registered. An invalidation
 * removes it first, so a look-up that began earlier can neither fill the cache nor answer a waiter.
 *
 * <p>Thread-safe.
 */
final class PendingLookups<K, V> {
  private final ConcurrentMap<K, PendingLookup<K, V>> registered = new ConcurrentHashMap<>();

  /** Returns the pending look-up, or null. */
  @Nullable PendingLookup<K, V> get(K key) {
    return registered.get(key);
  }

  /** Registers a look-up unless there is one; returns the one that is registered now. */
  PendingLookup<K, V> register(PendingLookup<K, V> lookup) {
    PendingLookup<K, V> other = registered.putIfAbsent(lookup.key(), lookup);
    return other != null ? other : lookup;
  }

  /** Returns whether a look-up is still registered. */
  boolean isRegistered(PendingLookup<K, V> lookup) {
    return registered.get(lookup.key()) == lookup;
  }

  /**
   * Completes a look-up if it is still registered. Otherwise does nothing: its waiters know that it
   * was invalidated.
   *
   * @param cacheResult caches the result and returns what is cached; runs under the lock of the
   *     key, so that no invalidation comes in between
   */
  void complete(PendingLookup<K, V> lookup, Supplier<Optional<V>> cacheResult) {
    Completion<V> completion = new Completion<>();
    registered.computeIfPresent(
        lookup.key(),
        (key, current) -> {
          if (current != lookup) {
            return current;
          }
          completion.answer = new Answer<>(cacheResult.get(), false);
          return null;
        });
    if (completion.answer != null) { // outside the lock, since waiters continue here
      lookup.complete(completion.answer);
    }
  }

  private static final class Completion<V> {
    private @Nullable Answer<V> answer;
  }

  /** Fails a look-up, and with it all requests that wait for it. */
  void fail(PendingLookup<K, V> lookup, Throwable reason) {
    registered.remove(lookup.key(), lookup);
    lookup.completeExceptionally(reason);
  }

  /** Invalidates a look-up: its result is ignored, and its waiters start another. */
  void invalidate(K key) {
    PendingLookup<K, V> invalidated = registered.remove(key);
    if (invalidated != null) {
      invalidated.complete(new Answer<>(Optional.empty(), true));
    }
  }

  /** Returns a live view of what is being looked up. */
  Set<K> keys() {
    return registered.keySet();
  }
}
