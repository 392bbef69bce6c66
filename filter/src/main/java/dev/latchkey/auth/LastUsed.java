package dev.latchkey.auth;

import dev.latchkey.store.ApiKeyStore;
import dev.latchkey.store.KeyUse;
import dev.latchkey.store.StoreException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BinaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects when and from where keys are used, so that no request waits for a write. Per key only
 * the latest use is kept, to the second; how many keys may wait to be written is bounded, and what
 * is over the bound is dropped.
 *
 * <p>Thread-safe.
 */
public final class LastUsed {
  private static final Logger log = LoggerFactory.getLogger(LastUsed.class);
  private static final int LONGEST_ADDRESS = 64;
  private static final BinaryOperator<KeyUse> LATER =
      (one, other) -> one.at().isAfter(other.at()) ? one : other;

  private final ConcurrentMap<String, KeyUse> pending = new ConcurrentHashMap<>();
  private final AtomicLong dropped = new AtomicLong();
  private final ApiKeyStore store;
  private final int maximumPending;

  /** Collects for a store. */
  public LastUsed(ApiKeyStore store, int maximumPending) {
    this.store = store;
    this.maximumPending = maximumPending;
  }

  /** Notes that a key was accepted. No I/O. */
  void record(String tag, Instant at, String from) {
    Instant second = at.truncatedTo(ChronoUnit.SECONDS);
    String address = from.length() > LONGEST_ADDRESS ? from.substring(0, LONGEST_ADDRESS) : from;
    KeyUse last = pending.get(tag);
    if (last == null || !last.at().equals(second) || !last.from().equals(address)) {
      addPending(new KeyUse(tag, second, address));
    }
  }

  /** Writes what was collected. What cannot be written is kept for the next time. */
  public void flush() {
    List<KeyUse> batch = new ArrayList<>();
    pending.forEach(
        (tag, use) -> {
          if (pending.remove(tag, use)) {
            batch.add(use);
          }
        });
    if (!batch.isEmpty()) {
      try {
        store.recordUses(batch);
      } catch (StoreException e) {
        batch.forEach(this::addPending);
        log.warn(
            "When {} keys were last used is still to be written: {}", batch.size(), e.toString());
      }
    }
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      log.warn("{} uses of keys were not recorded: more than {} waited", lost, maximumPending);
    }
  }

  private void addPending(KeyUse use) {
    if (pending.size() < maximumPending || pending.containsKey(use.tag())) {
      pending.merge(use.tag(), use, LATER);
    } else {
      dropped.incrementAndGet();
    }
  }
}
