package dev.latchkey.auth;

import dev.latchkey.auth.ConfirmedKey.Use;
import dev.latchkey.log.Causes;
import dev.latchkey.store.ApiKeyStore;
import dev.latchkey.store.KeyUse;
import dev.latchkey.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Collects when and from where keys are used, so that no request waits for a write. Per key only
 * the latest use is kept, to the second, and with the key itself; how many keys may wait to be
 * written is bounded, and what is over the bound is dropped.
 *
 * <p>Thread-safe.
 */
public final class LastUsed {
  private static final Logger log = System.getLogger(LastUsed.class.getName());
  private static final int LONGEST_ADDRESS = 64;

  private final Queue<ConfirmedKey> pending = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger(); // a linked queue would count each time
  private final AtomicLong dropped = new AtomicLong();
  private final ApiKeyStore store;
  private final int maximumPending;

  /** A use that is being written. */
  private record Taken(ConfirmedKey key, Use use) {
    KeyUse toWrite() {
      return new KeyUse(key.principal().keyTag(), Instant.ofEpochSecond(use.second()), use.from());
    }

    Taken later(Taken other) {
      return other.use.second() >= use.second() ? other : this;
    }
  }

  /** Collects for a store. */
  public LastUsed(ApiKeyStore store, int maximumPending) {
    this.store = store;
    this.maximumPending = maximumPending;
  }

  /** Notes that a key was accepted. No I/O. */
  void record(ConfirmedKey key, long atMillis, String from) {
    String address = from.length() > LONGEST_ADDRESS ? from.substring(0, LONGEST_ADDRESS) : from;
    keep(key, new Use(Math.floorDiv(atMillis, 1_000), address));
  }

  private void keep(ConfirmedKey key, Use use) {
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

  /** Writes what was collected. What cannot be written is kept for the next time. */
  public void flush() {
    Collection<Taken> batch = take();
    if (!batch.isEmpty()) {
      try {
        store.recordUses(batch.stream().map(Taken::toWrite).toList());
      } catch (StoreException e) {
        batch.forEach(taken -> keep(taken.key(), taken.use()));
        log.log(
            Level.WARNING,
            Causes.explain(
                "Latchkey: last use of " + batch.size() + " keys not written yet, trying again",
                e));
      }
    }
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      log.log(
          Level.WARNING,
          "Latchkey: %d uses of keys not recorded: more than %d are waiting to be written"
              .formatted(lost, maximumPending));
    }
  }

  private Collection<Taken> take() {
    Map<String, Taken> batch = new HashMap<>();
    for (int left = size.get(); left > 0; left--) { // not those that come meanwhile
      ConfirmedKey key = pending.poll();
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
