package dev.latchkey.auth;

import dev.latchkey.key.KeyHash;
import dev.latchkey.store.StoreException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The look-ups under way: one a hash, however many wait for it. No look-up runs inside a map's
 * lock.
 *
 * <p>What a look-up found is kept if, and only if, it is still registered here at that moment; to
 * evict is to take it off the register first. So a look-up that an eviction overtook is not kept,
 * and does not answer those who wait for it either.
 */
final class KeyLoads {
  private final ConcurrentMap<KeyHash, Load> underWay = new ConcurrentHashMap<>();
  private final Function<KeyHash, Optional<ConfirmedKey>> find;
  private final BiConsumer<KeyHash, Optional<ConfirmedKey>> keep;
  private final Executor executor;

  /** A look-up's answer to come. */
  static final class Load extends CompletableFuture<Load.Answer> {
    /** What there was, if it can be told, or that the question must be put again. */
    record Answer(Optional<ConfirmedKey> found, boolean overtaken) {
      static final Answer OVERTAKEN = new Answer(Optional.empty(), true);
    }
  }

  /**
   * Look-ups by a function.
   *
   * @param find asks the store
   * @param keep remembers the answer; quick, since the hash is locked meanwhile
   * @param executor where the store is asked
   */
  KeyLoads(
      Function<KeyHash, Optional<ConfirmedKey>> find,
      BiConsumer<KeyHash, Optional<ConfirmedKey>> keep,
      Executor executor) {
    this.find = find;
    this.keep = keep;
    this.executor = executor;
  }

  /** The look-up of this hash that is under way, or a new one. */
  Load load(KeyHash hash) {
    Load present = underWay.get(hash);
    if (present != null) {
      return present;
    }
    Load mine = new Load();
    Load other = underWay.putIfAbsent(hash, mine);
    if (other != null) {
      return other;
    }
    try {
      executor.execute(() -> run(hash, mine));
    } catch (RejectedExecutionException e) {
      fail(hash, mine, new StoreException("too many look-ups are waiting for the store", e));
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

  private void run(KeyHash hash, Load mine) {
    Optional<ConfirmedKey> found;
    try {
      found = find.apply(hash);
    } catch (RuntimeException | Error e) {
      fail(hash, mine, e);
      return;
    }
    underWay.computeIfPresent(
        hash,
        (sameHash, current) -> {
          if (current != mine) {
            return current;
          }
          keep.accept(hash, found);
          return null;
        });
    mine.complete(new Load.Answer(found, false));
  }

  private void fail(KeyHash hash, Load mine, Throwable reason) {
    underWay.remove(hash, mine);
    mine.completeExceptionally(reason);
  }
}
