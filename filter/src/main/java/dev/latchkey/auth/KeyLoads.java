package dev.latchkey.auth;

import dev.latchkey.key.KeyHash;
import dev.latchkey.store.ApiKeyStore;
import dev.latchkey.store.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The look-ups under way: one a hash, however many wait for it. They queue, and loaders take them
 * in order, each as many as wait, into one query: at once when all is quiet, the more at a time the
 * more there is to do. Two loaders are enough as long as the store is quick (one asks while the
 * other hands out answers) and make the fewest queries; who has waited for long calls another,
 * since those may be waiting for a lost connection. No look-up runs inside a map's lock.
 *
 * <p>What a look-up found is kept if, and only if, it is still registered here at that moment; to
 * evict is to take it off the register first. So a look-up that an eviction overtook is not kept,
 * and does not answer those who wait for it either.
 *
 * <p>Thread-safe.
 */
final class KeyLoads {
  static final int MOST_WAITING = 10_000;
  static final int MOST_LOADERS = 4;
  static final int USUAL_LOADERS = 2;

  private final ConcurrentMap<KeyHash, Load> underWay = new ConcurrentHashMap<>();
  private final ArrayBlockingQueue<Load> queue = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicInteger loaders = new AtomicInteger();
  private final Function<Collection<KeyHash>, Map<KeyHash, ConfirmedKey>> find;
  private final BiFunction<KeyHash, Optional<ConfirmedKey>, Optional<ConfirmedKey>> keep;
  private final Pace pace;
  private final Executor executor;
  private final int mostLoaders;
  private final int usualLoaders;

  /** A look-up's answer to come. */
  static final class Load extends CompletableFuture<Load.Answer> {
    private final KeyHash hash;
    private @Nullable Answer kept; // its loader's own

    private Load(KeyHash hash) {
      this.hash = hash;
    }

    /** What there was, if it can be told, or that the question must be put again. */
    record Answer(Optional<ConfirmedKey> found, boolean overtaken) {
      static final Answer OVERTAKEN = new Answer(Optional.empty(), true);
    }
  }

  /**
   * Look-ups by a function.
   *
   * @param find asks the store; what there is no key for is left out of the answer
   * @param keep remembers the answer, and tells what is remembered now; quick, since the hash is
   *     locked meanwhile
   * @param pace how fast queries may follow each other
   * @param executor where loaders run
   * @param mostLoaders how many of them
   */
  KeyLoads(
      Function<Collection<KeyHash>, Map<KeyHash, ConfirmedKey>> find,
      BiFunction<KeyHash, Optional<ConfirmedKey>, Optional<ConfirmedKey>> keep,
      Pace pace,
      Executor executor,
      int mostLoaders) {
    this.find = find;
    this.keep = keep;
    this.pace = pace;
    this.executor = executor;
    this.mostLoaders = mostLoaders;
    this.usualLoaders = Math.min(USUAL_LOADERS, mostLoaders);
  }

  /** The look-up of this hash that is under way, or a new one. */
  Load load(KeyHash hash) {
    Load present = underWay.get(hash);
    if (present != null) {
      return present;
    }
    Load mine = new Load(hash);
    Load other = underWay.putIfAbsent(hash, mine);
    if (other != null) {
      return other;
    }
    if (queue.offer(mine)) {
      startLoader(usualLoaders);
    } else {
      fail(mine, new StoreException("too many look-ups are waiting for the store", null));
    }
    return mine;
  }

  /** Makes whatever is under way for this hash count for nothing. */
  void overtake(KeyHash hash) {
    Load overtaken = underWay.remove(hash);
    if (overtaken != null) {
      overtaken.complete(Load.Answer.OVERTAKEN);
    }
  }

  /** The same for every hash. */
  void overtakeAll() {
    underWay.keySet().forEach(this::overtake);
  }

  /** Sets one more loader to work if there is something to do; for who has waited for long. */
  void callLoader() {
    if (!queue.isEmpty()) {
      startLoader(mostLoaders);
    }
  }

  private void startLoader(int most) {
    if (!becomeLoader(most)) {
      return; // those at work look at the queue again before they end
    }
    try {
      executor.execute(this::work);
    } catch (RuntimeException | Error e) { // ended, or no more threads to be had
      loaders.decrementAndGet();
      for (Load load = queue.poll(); load != null; load = queue.poll()) {
        fail(load, new StoreException("no look-up can be made", e));
      }
    }
  }

  private boolean becomeLoader(int most) {
    return loaders.getAndUpdate(count -> count < most ? count + 1 : count) < most;
  }

  private void work() {
    do {
      try {
        for (List<Load> batch = next(); !batch.isEmpty(); batch = next()) {
          answer(batch);
        }
      } finally {
        loaders.decrementAndGet();
      }
    } while (!queue.isEmpty() && becomeLoader(usualLoaders));
  }

  private List<Load> next() {
    LockSupport.parkNanos(pace.delayNanos());
    List<Load> batch = new ArrayList<>();
    while (batch.size() < ApiKeyStore.MOST_HASHES) {
      Load load = queue.poll();
      if (load == null) {
        break;
      }
      if (underWay.get(load.hash) == load) { // not overtaken
        batch.add(load);
      }
    }
    return batch;
  }

  private void answer(List<Load> batch) {
    try {
      Map<KeyHash, ConfirmedKey> found = find.apply(batch.stream().map(load -> load.hash).toList());
      pace.queried(batch.size(), found.size());
      batch.forEach(load -> settle(load, Optional.ofNullable(found.get(load.hash))));
    } catch (RuntimeException | Error e) {
      batch.forEach(load -> fail(load, e)); // but for those that are settled
    }
  }

  private void settle(Load mine, Optional<ConfirmedKey> found) {
    underWay.computeIfPresent(
        mine.hash,
        (sameHash, current) -> {
          if (current != mine) {
            return current;
          }
          mine.kept = new Load.Answer(keep.apply(sameHash, found), false);
          return null;
        });
    if (mine.kept != null) { // else it was overtaken, and those who wait are told so
      mine.complete(mine.kept);
    }
  }

  /** Fails the look-up of one hash that is under way, and no other. */
  void fail(KeyHash hash, StoreException reason) {
    Load failed = underWay.remove(hash);
    if (failed != null) {
      failed.completeExceptionally(reason);
    }
  }

  private void fail(Load mine, Throwable reason) {
    underWay.remove(mine.hash, mine);
    mine.completeExceptionally(reason);
  }
}
