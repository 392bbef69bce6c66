package dev.latchkey.internal.auth;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.KeySnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Loads keys in batches: one look-up per hash (single-flight), many look-ups per query. Look-ups
 * queue; a loader takes all of them into one query. A look-up starts at once when the queue is
 * empty, and batches grow with the load.
 *
 * <p>While the store is quick, two loaders make the fewest queries: one asks while the other hands
 * out results. A request that has waited for {@code EXTRA_LOADER_DELAY} adds another, since the
 * working ones may hang on a lost connection. No query runs inside a map's lock.
 *
 * <p>Thread-safe.
 */
final class BatchingKeyLoader {
  static final int MAX_PENDING = 10_000;
  static final int MAX_LOADERS = 4;
  static final int USUAL_LOADERS = 2;

  private final ArrayBlockingQueue<PendingLookup> queue = new ArrayBlockingQueue<>(MAX_PENDING);
  private final AtomicInteger loaders = new AtomicInteger();
  private final Function<Collection<KeyHash>, LookupResult> find;
  private final PendingLookups pending;
  private final KeyCache cache;
  private final MissRateLimiter rateLimiter;
  private final Executor executor;
  private final int maxLoaders;
  private final int usualLoaders;

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
      PendingLookups pending,
      KeyCache cache,
      MissRateLimiter rateLimiter,
      Executor executor,
      int maxLoaders) {
    this.find = find;
    this.pending = pending;
    this.cache = cache;
    this.rateLimiter = rateLimiter;
    this.executor = executor;
    this.maxLoaders = maxLoaders;
    this.usualLoaders = Math.min(USUAL_LOADERS, maxLoaders);
  }

  /** Returns the pending look-up of a hash, or starts one. */
  PendingLookup load(KeyHash hash) {
    PendingLookup present = pending.get(hash);
    if (present != null) {
      return present;
    }
    PendingLookup lookup = new PendingLookup(hash);
    PendingLookup registered = pending.register(lookup);
    if (registered == lookup) {
      enqueue(lookup);
    }
    return registered;
  }

  private void enqueue(PendingLookup lookup) {
    if (queue.offer(lookup)) {
      startLoader(usualLoaders);
    } else {
      pending.fail(lookup, new StoreException("too many look-ups are waiting for the store", null));
    }
  }

  /** Starts one more loader if look-ups are queued; for a request that has waited too long. */
  void addLoader() {
    if (!queue.isEmpty()) {
      startLoader(maxLoaders);
    }
  }

  private void startLoader(int max) {
    if (!becomeLoader(max)) {
      return; // a working loader checks the queue again before it ends
    }
    try {
      executor.execute(this::work);
    } catch (RuntimeException | Error e) { // shut down, or out of threads
      loaders.decrementAndGet();
      for (PendingLookup next = queue.poll(); next != null; next = queue.poll()) {
        pending.fail(next, new StoreException("no thread could be started for the look-up", e));
      }
    }
  }

  private boolean becomeLoader(int max) {
    return loaders.getAndUpdate(count -> count < max ? count + 1 : count) < max;
  }

  private void work() {
    do {
      try {
        for (List<PendingLookup> batch = next(); !batch.isEmpty(); batch = next()) {
          answer(batch);
        }
      } finally {
        loaders.decrementAndGet();
      }
    } while (!queue.isEmpty() && becomeLoader(usualLoaders));
  }

  private List<PendingLookup> next() {
    LockSupport.parkNanos(rateLimiter.delayNanos());
    List<PendingLookup> batch = new ArrayList<>();
    while (batch.size() < ApiKeyStore.MAX_HASHES) {
      PendingLookup lookup = queue.poll();
      if (lookup == null) {
        break;
      }
      if (pending.isRegistered(lookup)) { // otherwise it was invalidated
        batch.add(lookup);
      }
    }
    return batch;
  }

  private void answer(List<PendingLookup> batch) {
    try {
      LookupResult result = find.apply(batch.stream().map(PendingLookup::hash).toList());
      rateLimiter.recordQuery(batch.size(), result.found().size());
      batch.forEach(lookup -> answer(lookup, result));
    } catch (RuntimeException | Error e) {
      batch.forEach(lookup -> pending.fail(lookup, e)); // has no effect on completed ones
    }
  }

  private void answer(PendingLookup lookup, LookupResult result) {
    KeyHash hash = lookup.hash();
    if (result.unreadable().contains(hash)) {
      pending.fail(lookup, KeySnapshot.rowIsUnreadable()); // only this one
      cache.removeLive(hash);
    } else {
      pending.complete(
          lookup, () -> cache.cacheResult(hash, Optional.ofNullable(result.found().get(hash))));
    }
  }
}
