package dev.latchkey.internal.auth;

import dev.latchkey.internal.auth.CachedKey.Use;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.KeyUse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects when and from where keys are used, and writes it in batches, so that no request waits
 * for a write. Each key keeps its latest use, to the second. The number of keys that wait to be
 * written is bounded; uses beyond the bound are dropped.
 *
 * <p>Thread-safe.
 */
public final class LastUsed {
  private static final Logger log = System.getLogger(LastUsed.class.getName());
  private static final int MAX_ADDRESS_LENGTH = 64;

  /** Uses that one call of the store writes. */
  private static final int PORTION = 500;

  /** A flush begins no portion after this time, since closing waits for it. */
  private static final Duration MAX_DURATION = Duration.ofSeconds(5);

  /** Replaced in addresses, since proxies may send any characters and databases may reject some. */
  private static final Pattern NOT_PRINTABLE = Pattern.compile("[^ -~]");

  private final Queue<CachedKey> pending = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger(); // the queue's own size() walks all of it
  private final AtomicLong dropped = new AtomicLong();
  private final ApiKeyStore store;
  private final int maximumPending;
  private final LongSupplier nanoTime;

  /** A use that was taken to be written. */
  private record Taken(CachedKey key, Use use) {
    KeyUse toWrite() {
      return new KeyUse(
          key,
          Instant.ofEpochSecond(use.second()),
          NOT_PRINTABLE.matcher(use.from()).replaceAll("?"));
    }

    Taken later(Taken other) {
      return other.use.second() >= use.second() ? other : this;
    }
  }

  /** Creates a collector for a store. */
  public LastUsed(ApiKeyStore store, int maximumPending, LongSupplier nanoTime) {
    this.store = store;
    this.nanoTime = nanoTime;
    this.maximumPending = maximumPending;
  }

  /** Returns how many keys have a use that is not written yet. */
  public int waiting() {
    return size.get();
  }

  /** Records a use of a key. No I/O. */
  void record(CachedKey key, long atMillis, String from) {
    String address =
        from.length() > MAX_ADDRESS_LENGTH ? from.substring(0, MAX_ADDRESS_LENGTH) : from;
    keep(key, new Use(Math.floorDiv(atMillis, 1_000), address));
  }

  private void keep(CachedKey key, Use use) {
    if (key.keepUse(use)) {
      return; // queued already
    }
    if (size.getAndUpdate(n -> n < maximumPending ? n + 1 : n) < maximumPending) {
      pending.add(key);
    } else {
      key.takeUse();
      dropped.incrementAndGet();
    }
  }

  /**
   * Writes the collected uses, for a bounded time. Uses that could not be written are kept for the
   * next flush.
   */
  public void flush() {
    long start = nanoTime.getAsLong();
    List<Taken> batch = List.copyOf(take());
    List<Taken> kept = new ArrayList<>();
    @Nullable Throwable failure = null;
    for (int from = 0; from < batch.size(); from += PORTION) {
      List<Taken> portion = batch.subList(from, Math.min(from + PORTION, batch.size()));
      if (nanoTime.getAsLong() - start > MAX_DURATION.toNanos()) {
        kept.addAll(portion);
        continue;
      }
      try {
        store.recordUses(portion.stream().map(Taken::toWrite).toList());
      } catch (RuntimeException | Error e) {
        kept.addAll(portion);
        failure = e;
      }
    }
    kept.forEach(taken -> keep(taken.key(), taken.use()));
    if (failure != null) {
      log.log(
          Level.WARNING,
          Causes.explain(
              "Latchkey: last use of " + kept.size() + " keys not written yet", failure));
    } else if (!kept.isEmpty()) {
      log.log(
          Level.WARNING,
          "Latchkey: last use of "
              + kept.size()
              + " keys not written yet; writing them took longer than "
              + MAX_DURATION);
    }
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      log.log(
          Level.WARNING,
          "Latchkey: last use of %d keys lost: more than %d are waiting to be written"
              .formatted(lost, maximumPending));
    }
  }

  /** Writes the collected uses for the last time. Those that cannot be written are lost. */
  public void close() {
    flush();
    int lost = size.get();
    if (lost > 0) {
      log.log(
          Level.WARNING,
          "Latchkey: last use of "
              + lost
              + " keys lost: the application ended before it was written");
    }
  }

  private Collection<Taken> take() {
    Map<KeyHash, Taken> batch = new HashMap<>();
    for (int left = size.get(); left > 0; left--) { // not the ones added meanwhile
      CachedKey key = pending.poll();
      if (key == null) {
        break; // counted, but not queued yet: left to the next flush
      }
      size.decrementAndGet();
      Use use = key.takeUse();
      if (use != null) {
        // After an eviction and a new look-up, two objects may stand for one key.
        batch.merge(key, new Taken(key, use), Taken::later);
      }
    }
    return batch.values();
  }
}
