package dev.latchkey.internal.auth;

import dev.latchkey.internal.auth.PendingLookup.Answer;
import dev.latchkey.internal.key.KeyHash;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Registers the look-ups in progress, at most one per hash.
 *
 * <p>A result is cached only while its {@code PendingLookup} is still registered. An invalidation
 * removes it first, so a look-up that began earlier can neither fill the cache nor answer a waiter.
 *
 * <p>Thread-safe.
 */
final class PendingLookups {
  private final ConcurrentMap<KeyHash, PendingLookup> registered = new ConcurrentHashMap<>();

  /** Returns the pending look-up of a hash, or null. */
  @Nullable PendingLookup get(KeyHash hash) {
    return registered.get(hash);
  }

  /** Registers a look-up unless its hash has one; returns the one that is registered now. */
  PendingLookup register(PendingLookup lookup) {
    PendingLookup other = registered.putIfAbsent(lookup.hash(), lookup);
    return other != null ? other : lookup;
  }

  /** Returns whether a look-up is still registered. */
  boolean isRegistered(PendingLookup lookup) {
    return registered.get(lookup.hash()) == lookup;
  }

  /**
   * Completes a look-up if it is still registered. Otherwise does nothing: its waiters know that it
   * was invalidated.
   *
   * @param cacheResult caches the result and returns what is cached; runs under the lock of the
   *     hash, so that no invalidation comes in between
   */
  void complete(PendingLookup lookup, Supplier<Optional<CachedKey>> cacheResult) {
    Completion completion = new Completion();
    registered.computeIfPresent(
        lookup.hash(),
        (hash, current) -> {
          if (current != lookup) {
            return current;
          }
          completion.answer = new Answer(cacheResult.get(), false);
          return null;
        });
    if (completion.answer != null) { // outside the lock, since waiters continue here
      lookup.complete(completion.answer);
    }
  }

  private static final class Completion {
    private @Nullable Answer answer;
  }

  /** Fails a look-up, and with it all requests that wait for it. */
  void fail(PendingLookup lookup, Throwable reason) {
    registered.remove(lookup.hash(), lookup);
    lookup.completeExceptionally(reason);
  }

  /** Invalidates the look-up of a hash: its result is ignored, and its waiters start another. */
  void invalidate(KeyHash hash) {
    PendingLookup invalidated = registered.remove(hash);
    if (invalidated != null) {
      invalidated.complete(Answer.INVALIDATED);
    }
  }

  /** Returns a live view of the registered hashes. */
  Set<KeyHash> hashes() {
    return registered.keySet();
  }
}
