package dev.latchkey.internal.auth;

import dev.latchkey.internal.auth.CachedKey.Use;
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
 * Collects when and from where keys are used, so that no request waits for a write. Per key only
 * the latest use is kept, to the second, and with the key itself; how many keys may wait to be
 * written is bounded, and what is over the bound is dropped.
 *
 * <p>Thread-safe.
 */
public final class LastUsed {
  private static final Logger log = System.getLogger(LastUsed.class.getName());
  private static final int MAX_ADDRESS_LENGTH = 64;

  /** So many are written, or not, together. */
  private static final int PORTION = 500;

  /** No portion is begun later in a flush: who closes waits for it. */
  private static final Duration MAX_DURATION = Duration.ofSeconds(5);

  /** Proxies may put anything there; no database is to choke on it. */
  private static final Pattern NOT_PRINTABLE = Pattern.compile("[^ -~]");

  private final Queue<CachedKey> pending = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger(); // a linked queue would count each time
  private final AtomicLong dropped = new AtomicLong();
  private final ApiKeyStore store;
  private final int maximumPending;
  private final LongSupplier nanoTime;

  /** A use that is being written. */
  private record Taken(CachedKey key, Use use) {
    KeyUse toWrite() {
      return new KeyUse(
          key.principal().keyTag(),
          Instant.ofEpochSecond(use.second()),
          NOT_PRINTABLE.matcher(use.from()).replaceAll("?"));
    }

    Taken later(Taken other) {
      return other.use.second() >= use.second() ? other : this;
    }
  }

  /** Collects for a store. */
  public LastUsed(ApiKeyStore store, int maximumPending, LongSupplier nanoTime) {
    this.store = store;
    this.nanoTime = nanoTime;
    this.maximumPending = maximumPending;
  }

  /** Notes that a key was accepted. No I/O. */
  void record(CachedKey key, long atMillis, String from) {
    String address =
        from.length() > MAX_ADDRESS_LENGTH ? from.substring(0, MAX_ADDRESS_LENGTH) : from;
    keep(key, new Use(Math.floorDiv(atMillis, 1_000), address));
  }

  private void keep(CachedKey key, Use use) {
    if (key.keepUse(use)) {
      return; // it waits already
    }
    if (size.getAndUpdate(n -> n < maximumPending ? n + 1 : n) < maximumPending) {
      pending.add(key);
    } else {
      key.takeUse();
      dropped.incrementAndGet();
    }
  }

  /**
   * Writes what was collected, for a bounded time. What is not written, for whatever reason, is
   * kept for the next time.
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
          "Latchkey: last use of " + kept.size() + " keys not written yet: the database is slow");
    }
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      log.log(
          Level.WARNING,
          "Latchkey: last use of %d keys lost, since more than %d wait to be written"
              .formatted(lost, maximumPending));
    }
  }

  /** Writes for the last time. What is not written then is lost. */
  public void close() {
    flush();
    int lost = size.get();
    if (lost > 0) {
      log.log(
          Level.WARNING,
          "Latchkey: last use of "
              + lost
              + " keys lost: the application ends before it is written");
    }
  }

  private Collection<Taken> take() {
    Map<String, Taken> batch = new HashMap<>();
    for (int left = size.get(); left > 0; left--) { // not those that come meanwhile
      CachedKey key = pending.poll();
      if (key == null) {
        break; // counted, but not there yet: next time
      }
      size.decrementAndGet();
      Use use = key.takeUse();
      if (use != null) {
        // The cache may have forgotten a key and read it again: that is still one key.
        batch.merge(key.principal().keyTag(), new Taken(key, use), Taken::later);
      }
    }
    return batch.values();
  }
}
