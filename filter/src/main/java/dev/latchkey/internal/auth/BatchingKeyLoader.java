package dev.latchkey.internal.auth;

import dev.latchkey.internal.auth.PendingLookup.Answer;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.KeySnapshot;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Loads keys into the cache, in batches (see {@link BatchingLoader}) that the rate limiter paces.
 *
 * <p>Thread-safe.
 */
final class BatchingKeyLoader {
  private final Function<Collection<KeyHash>, LookupResult> find;
  private final PendingLookups<KeyHash, CachedKey> pending;
  private final KeyCache cache;
  private final MissRateLimiter rateLimiter;
  private final BatchingLoader<KeyHash, CachedKey> loader;

  /**
   * Creates a loader.
   *
   * @param find asks the store
   * @param pending registers the look-ups in progress
   * @param cache gets the results
   * @param executor runs the loaders
   * @param maxLoaders the most loaders at once
   */
  BatchingKeyLoader(
      Function<Collection<KeyHash>, LookupResult> find,
      PendingLookups<KeyHash, CachedKey> pending,
      KeyCache cache,
      MissRateLimiter rateLimiter,
      Executor executor,
      int maxLoaders) {
    this.find = find;
    this.pending = pending;
    this.cache = cache;
    this.rateLimiter = rateLimiter;
    this.loader =
        new BatchingLoader<>(
            pending,
            rateLimiter::delayNanos,
            this::query,
            ApiKeyStore.MAX_HASHES,
            executor,
            maxLoaders);
  }

  /** Returns the pending look-up of a hash, or starts one. */
  PendingLookup<KeyHash, CachedKey> load(KeyHash hash) {
    return loader.load(hash);
  }

  /** Starts one more loader if look-ups are queued; for a request that has waited too long. */
  void addLoader() {
    loader.addLoader();
  }

  /** Returns how many look-ups the rate limiter made wait. */
  long rateLimited() {
    return loader.delayed();
  }

  /** Loads a key and waits for it. */
  Optional<CachedKey> await(KeyHash hash, long deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    Answer<CachedKey> answer;
    do {
      answer = loader.await(loader.load(hash), deadline);
    } while (answer.invalidated());
    return answer.found();
  }

  private void query(List<PendingLookup<KeyHash, CachedKey>> batch) {
    LookupResult result = find.apply(batch.stream().map(PendingLookup::key).toList());
    rateLimiter.recordQuery(batch.size(), result.found().size());
    batch.forEach(lookup -> answer(lookup, result));
  }

  private void answer(PendingLookup<KeyHash, CachedKey> lookup, LookupResult result) {
    KeyHash hash = lookup.key();
    if (result.unreadable().contains(hash)) {
      pending.fail(lookup, KeySnapshot.rowIsUnreadable()); // only this one
      cache.removeLive(hash);
    } else {
      pending.complete(
          lookup, () -> cache.cacheResult(hash, Optional.ofNullable(result.found().get(hash))));
    }
  }
}
