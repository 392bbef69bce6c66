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
 * Registers the look-ups that are under way, at most one a hash.
 *
 * <p>A result is cached only while its {@code PendingLookup} is still registered. An invalidation
 * removes it first, so a look-up that began earlier can neither fill the cache nor answer a waiter.
 *
 * <p>Thread-safe.
 */
final class PendingLookups {
  private final ConcurrentMap<KeyHash, PendingLookup> registered = new ConcurrentHashMap<>();

  /** Returns the look-up of a hash, or null if there is none. */
  @Nullable PendingLookup get(KeyHash hash) {
    return registered.get(hash);
  }

  /** Registers a look-up unless its hash has one; returns the one that is registered now. */
  PendingLookup register(PendingLookup lookup) {
    PendingLookup other = registered.putIfAbsent(lookup.hash(), lookup);
    return other != null ? other : lookup;
  }

  /** Returns whether a look-up is still wanted. */
  boolean isRegistered(PendingLookup lookup) {
    return registered.get(lookup.hash()) == lookup;
  }

  /**
   * Completes a look-up if it is still registered; else nothing happens, as its waiters have been
   * told already.
   *
   * @param cacheResult caches the result and returns what is cached; called while the hash is
   *     locked, so that no invalidation comes in between
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
    if (completion.answer != null) { // outside the lock: waiters run
      lookup.complete(completion.answer);
    }
  }

  private static final class Completion {
    private @Nullable Answer answer;
  }

  /** Fails a look-up. */
  void fail(PendingLookup lookup, Throwable reason) {
    registered.remove(lookup.hash(), lookup);
    lookup.completeExceptionally(reason);
  }

  /** Invalidates the look-up of a hash: its result is not used, and its waiters ask again. */
  void invalidate(KeyHash hash) {
    PendingLookup invalidated = registered.remove(hash);
    if (invalidated != null) {
      invalidated.complete(Answer.INVALIDATED);
    }
  }

  /** Returns the hashes that are registered, as they change. */
  Set<KeyHash> hashes() {
    return registered.keySet();
  }
}
