package dev.latchkey.internal.auth;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.auth.PendingLookup.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Loads in batches: one look-up per key (single-flight), many look-ups per query. Look-ups queue; a
 * loader takes all of them into one query. A look-up starts at once when the queue is empty, and
 * batches grow with the load.
 *
 * <p>While answers are quick, two loaders make the fewest queries: one asks while the other hands
 * out results. A request that has waited for {@code EXTRA_LOADER_DELAY} adds another, since the
 * working ones may hang on a lost connection. No query runs inside a map's lock.
 *
 * <p>Thread-safe.
 */
final class BatchingLoader<K, V> {
  static final int MAX_PENDING = 10_000;
  static final int MAX_LOADERS = 4;
  static final int USUAL_LOADERS = 2;

  /** How long a request waits before it adds a loader. */
  private static final Duration EXTRA_LOADER_DELAY = Duration.ofMillis(10);

  private final ArrayBlockingQueue<PendingLookup<K, V>> queue =
      new ArrayBlockingQueue<>(MAX_PENDING);
  private final AtomicInteger loaders = new AtomicInteger();
  private final LongAdder delayed = new LongAdder();
  private final PendingLookups<K, V> pending;
  private final LongSupplier delayNanos;
  private final Consumer<List<PendingLookup<K, V>>> query;
  private final int maxBatch;
  private final Executor executor;
  private final int maxLoaders;
  private final int usualLoaders;

  /**
   * Creates a loader.
   *
   * @param pending registers the look-ups in progress
   * @param delayNanos tells how long to wait before the next query
   * @param query asks, and completes the look-ups of a batch; if it throws, they fail
   * @param maxBatch the most look-ups in a query
   * @param executor runs the loaders
   * @param maxLoaders the most loaders at once
   */
  BatchingLoader(
      PendingLookups<K, V> pending,
      LongSupplier delayNanos,
      Consumer<List<PendingLookup<K, V>>> query,
      int maxBatch,
      Executor executor,
      int maxLoaders) {
    this.pending = pending;
    this.delayNanos = delayNanos;
    this.query = query;
    this.maxBatch = maxBatch;
    this.executor = executor;
    this.maxLoaders = maxLoaders;
    this.usualLoaders = Math.min(USUAL_LOADERS, maxLoaders);
  }

  /** Returns the pending look-up of a key, or starts one. */
  PendingLookup<K, V> load(K key) {
    PendingLookup<K, V> present = pending.get(key);
    if (present != null) {
      return present;
    }
    PendingLookup<K, V> lookup = new PendingLookup<>(key);
    PendingLookup<K, V> registered = pending.register(lookup);
    if (registered == lookup && enqueue(lookup)) {
      startLoader(usualLoaders);
    }
    return registered;
  }

  /** Starts look-ups that nobody waits for, in as few queries as possible. */
  void loadAll(Collection<K> keys) {
    for (K key : keys) {
      PendingLookup<K, V> lookup = new PendingLookup<>(key);
      if (pending.register(lookup) == lookup) {
        enqueue(lookup);
      }
    }
    if (!queue.isEmpty()) {
      startLoader(usualLoaders);
    }
  }

  private boolean enqueue(PendingLookup<K, V> lookup) {
    boolean hasRoom = queue.offer(lookup);
    if (!hasRoom) {
      pending.fail(lookup, new StoreException("too many look-ups are waiting for the store", null));
    }
    return hasRoom;
  }

  /** Waits for a look-up; adds a loader if that takes long. */
  Answer<V> await(PendingLookup<K, V> lookup, long deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      return lookup.get(
          Math.min(EXTRA_LOADER_DELAY.toNanos(), deadline - System.nanoTime()),
          TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      addLoader();
      return lookup.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }

  /** Starts one more loader if look-ups are queued; for a request that has waited too long. */
  void addLoader() {
    if (!queue.isEmpty()) {
      startLoader(maxLoaders);
    }
  }

  /** Returns how many look-ups a delay made wait. */
  long delayed() {
    return delayed.sum();
  }

  private void startLoader(int max) {
    if (!becomeLoader(max)) {
      return; // a working loader checks the queue again before it ends
    }
    try {
      executor.execute(this::work);
    } catch (RuntimeException | Error e) { // shut down, or out of threads
      loaders.decrementAndGet();
      for (PendingLookup<K, V> next = queue.poll(); next != null; next = queue.poll()) {
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
        for (List<PendingLookup<K, V>> batch = next(); !batch.isEmpty(); batch = next()) {
          answer(batch);
        }
      } finally {
        loaders.decrementAndGet();
      }
    } while (!queue.isEmpty() && becomeLoader(usualLoaders));
  }

  private List<PendingLookup<K, V>> next() {
    long delay = delayNanos.getAsLong();
    LockSupport.parkNanos(delay);
    List<PendingLookup<K, V>> batch = new ArrayList<>();
    while (batch.size() < maxBatch) {
      PendingLookup<K, V> lookup = queue.poll();
      if (lookup == null) {
        break;
      }
      if (pending.isRegistered(lookup)) { // otherwise it was invalidated
        batch.add(lookup);
      }
    }
    if (delay > 0) {
      delayed.add(batch.size());
    }
    return batch;
  }

  private void answer(List<PendingLookup<K, V>> batch) {
    try {
      query.accept(batch);
    } catch (RuntimeException | Error e) {
      batch.forEach(lookup -> pending.fail(lookup, e)); // has no effect on completed ones
    }
  }
}
