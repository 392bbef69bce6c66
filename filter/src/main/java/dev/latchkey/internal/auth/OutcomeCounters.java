package dev.latchkey.internal.auth;

import dev.latchkey.internal.auth.AuthOutcome.Expired;
import dev.latchkey.internal.auth.AuthOutcome.Granted;
import dev.latchkey.internal.auth.AuthOutcome.Unavailable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what became of requests since the start. Each request adds to one counter of its outcome;
 * one that is accepted from the cache, the usual case, adds to one counter altogether.
 *
 * <p>Thread-safe.
 */
public final class OutcomeCounters {
  private final LongAdder acceptedFromCache = new LongAdder();
  private final LongAdder refusedFromCache = new LongAdder();
  private final Map<Outcome, LongAdder> others = new EnumMap<>(Outcome.class);

  /** The last number told, since it must not fall while a scope is being judged. */
  private final LongAccumulator acceptedTold = new LongAccumulator(Math::max, 0);

  OutcomeCounters() {
    for (Outcome outcome : Outcome.values()) {
      others.put(outcome, new LongAdder());
    }
  }

  /** Counts a key that was decided about without waiting. */
  void countHit(AuthOutcome outcome) {
    if (outcome instanceof CachedKey) { // the one class of Granted: cheaper to ask for
      acceptedFromCache.increment();
    } else {
      refusedFromCache.increment();
      countMiss(outcome);
    }
  }

  /** Counts a key that had to be looked up. */
  void countMiss(AuthOutcome outcome) {
    if (outcome instanceof Granted) {
      count(Outcome.ACCEPTED);
    } else if (outcome instanceof Expired) {
      count(Outcome.EXPIRED_KEY);
    } else if (outcome instanceof Unavailable) {
      count(Outcome.STORE_UNAVAILABLE);
    } else {
      count(Outcome.INVALID_KEY);
    }
  }

  /** Counts a request that no well-formed key came with, or one with a scope too few. */
  public void count(Outcome outcome) {
    LongAdder counter = others.get(outcome);
    if (counter != null) {
      counter.increment();
    }
  }

  private long sum(Outcome outcome) {
    LongAdder counter = others.get(outcome);
    return counter == null ? 0 : counter.sum();
  }

  /** Returns how many keys were decided about without waiting. */
  long hits() {
    return acceptedFromCache.sum() + refusedFromCache.sum();
  }

  /** Returns how many requests there were of each outcome, by its label. */
  public Map<String, Long> byOutcome() {
    long refusedForScope = sum(Outcome.INSUFFICIENT_SCOPE); // of live keys, counted as accepted
    Map<String, Long> counts = new LinkedHashMap<>();
    others.forEach((outcome, counter) -> counts.put(outcome.label(), counter.sum()));
    acceptedTold.accumulate(acceptedFromCache.sum() + sum(Outcome.ACCEPTED) - refusedForScope);
    counts.put(Outcome.ACCEPTED.label(), acceptedTold.get());
    return Collections.unmodifiableMap(counts);
  }
}
