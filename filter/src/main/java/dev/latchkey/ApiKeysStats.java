package dev.latchkey;

import dev.latchkey.internal.auth.LookupStats;
import java.time.Duration;
import java.util.Map;

/**
 * Figures of one {@link ApiKeys}, for monitoring, as they were when {@link ApiKeys#stats} was
 * called. Counts and times are sums since it was opened and never fall, so rates can be made of
 * them; each figure is exact, but requests go on while they are read one after another. More may
 * come.
 *
 * <p>Immutable and thread-safe.
 */
public final class ApiKeysStats {
  private final Map<String, Long> requests;
  private final LookupStats lookups;
  private final Duration feedLag;
  private final int waitingUses;

  ApiKeysStats(Map<String, Long> requests, LookupStats lookups, Duration feedLag, int waitingUses) {
    this.requests = requests;
    this.lookups = lookups;
    this.feedLag = feedLag;
    this.waitingUses = waitingUses;
  }

  /**
   * Returns how many requests there were of each outcome: {@code accepted}, {@code anonymous} (let
   * pass without a key, as {@code credentials=optional} allows), or the problem type of the
   * refusal, such as {@code invalid-key}. All outcomes there are have an entry from the start; more
   * may come. Each request that a filter judged counts once, as does each key that {@link
   * ApiKeys#authenticate} decided about; requests to {@code excludedPaths} are not judged.
   */
  public Map<String, Long> requests() {
    return requests;
  }

  /** Returns how many keys were decided about from the cache, whatever the outcome. */
  public long cacheHits() {
    return lookups.hits();
  }

  /** Returns how many keys were not cached, so that a request waited for a look-up. */
  public long cacheMisses() {
    return lookups.misses();
  }

  /** Returns about how many live keys are cached. */
  public long cachedKeys() {
    return lookups.liveKeys();
  }

  /** Returns about how many unknown keys are cached, to be rejected without a look-up. */
  public long cachedUnknownKeys() {
    return lookups.unknownKeys();
  }

  /** Returns how long requests waited for look-ups altogether; {@link #cacheMisses} of them. */
  public Duration lookupTime() {
    return lookups.waited();
  }

  /** Returns the longest time that a request waited, of the last one to two minutes. */
  public Duration longestLookup() {
    return lookups.longestWait();
  }

  /** Returns how many queries for keys the database got, including those that failed. */
  public long queries() {
    return lookups.queries();
  }

  /** Returns how many keys these queries asked for: many look-ups travel in one query. */
  public long queriedKeys() {
    return lookups.queriedKeys();
  }

  /** Returns how long these queries took altogether. */
  public Duration queryTime() {
    return lookups.queryTime();
  }

  /** Returns the longest time that a query took, of the last one to two minutes. */
  public Duration longestQuery() {
    return lookups.longestQuery();
  }

  /** Returns how many keys were looked up later because a flood of unknown keys is slowed down. */
  public long rateLimitedKeys() {
    return lookups.rateLimited();
  }

  /**
   * Returns whether the circuit breaker in front of the database is open or half-open: keys that
   * are not cached get 503.
   */
  public boolean storeCircuitOpen() {
    return lookups.storeDown();
  }

  /**
   * Returns whether the circuit breaker in front of the source of owners' rights is open or
   * half-open: keys of owners who are not cached get 503.
   */
  public boolean ownersCircuitOpen() {
    return lookups.ownersDown();
  }

  /**
   * Returns how far this node may be behind the changes of other nodes, as {@link
   * ApiKeys#feedState} has it.
   */
  public Duration feedLag() {
    return feedLag;
  }

  /** Returns how many keys have a last use that is not written yet. */
  public int waitingUses() {
    return waitingUses;
  }

  @Override
  public String toString() {
    return "ApiKeysStats["
        + requests
        + ", "
        + lookups
        + ", feedLag="
        + feedLag
        + ", waitingUses="
        + waitingUses
        + "]";
  }
}
