package dev.latchkey.internal.auth;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.KeySnapshot;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Looks keys up in the store, behind a circuit breaker: while the store is down, look-ups fail at
 * once, and probes in the background find out when it is back.
 *
 * <p>Thread-safe.
 */
final class StoreLookup {
  private static final Logger log = System.getLogger(StoreLookup.class.getName());

  /** The hash that a probe looks up. No key has it. */
  private static final KeyHash PROBE = KeyHash.of(new byte[KeyHash.LENGTH]);

  private final ApiKeyStore store;
  private final Executor executor;
  private final LongSupplier nanoTime;
  private final StoreCircuitBreaker breaker;
  private final Timings queries;
  private final LongAdder queriedKeys = new LongAdder();

  /**
   * Creates a look-up.
   *
   * @param executor runs the probes
   */
  StoreLookup(ApiKeyStore store, Executor executor, LongSupplier nanoTime) {
    this.store = store;
    this.executor = executor;
    this.nanoTime = nanoTime;
    this.breaker = new StoreCircuitBreaker("key store", "uncached keys get 503", nanoTime);
    this.queries = new Timings(nanoTime);
  }

  /** Returns whether the store is known to be down. */
  boolean isDown() {
    return breaker.isOpen();
  }

  /**
   * Looks keys up.
   *
   * @throws StoreException if the circuit breaker is open, or the query fails
   */
  LookupResult find(Collection<KeyHash> hashes) {
    if (breaker.isOpen()) {
      startProbe();
      throw new StoreException("the store is down", null);
    }
    long asked = nanoTime.getAsLong();
    try {
      return query(hashes);
    } finally {
      queries.record(asked);
      queriedKeys.add(hashes.size());
    }
  }

  /** Returns the times of the queries, those that failed included, probes not. */
  Timings queries() {
    return queries;
  }

  /** Returns how many keys they asked for. */
  long queriedKeys() {
    return queriedKeys.sum();
  }

  /**
   * Records that the store has answered the change feed. If the circuit breaker is open, probes
   * whether the store answers look-ups too, and returns when that is known.
   */
  void onFeedAnswer() {
    breaker.onOtherAnswer();
    if (breaker.isOpen()) {
      probe();
    }
  }

  /** Probes the store in the background, unless the last probe was a moment ago. */
  void startProbe() {
    if (!breaker.tryHalfOpen()) {
      return;
    }
    try {
      executor.execute(
          () -> {
            try {
              probe();
            } finally {
              breaker.endHalfOpen();
            }
          });
    } catch (RuntimeException | Error e) { // shut down, or out of threads
      breaker.endHalfOpen();
      log.log(Level.DEBUG, "Latchkey: key store cannot be probed", e);
    }
  }

  private void probe() {
    try {
      query(Set.of(PROBE));
    } catch (RuntimeException | Error e) {
      log.log(Level.DEBUG, "Latchkey: key store still unavailable", e);
    }
  }

  private LookupResult query(Collection<KeyHash> hashes) {
    long asked = nanoTime.getAsLong(); // before the query: rows may be as old as this
    LookupResult result = new LookupResult(new HashMap<>(), new HashSet<>());
    try {
      for (Map.Entry<KeyHash, KeySnapshot> entry : store.findByHashes(hashes).entrySet()) {
        if (entry.getValue().readable()) {
          result.found().put(entry.getKey(), new CachedKey(entry.getValue(), asked));
        } else {
          result.unreadable().add(entry.getKey());
        }
      }
    } catch (RuntimeException | Error e) {
      breaker.onFailure(asked, e);
      throw e;
    }
    breaker.onSuccess();
    return result;
  }
}
