package dev.latchkey.internal.auth;

import java.time.Duration;

/**
 * Figures of the cache and of the way to the store. Counts and times are those since the start;
 * longest times, those of the last one to two minutes.
 *
 * @param hits keys that were decided about without waiting
 * @param misses keys that requests waited for
 * @param waited how long they waited altogether
 * @param queries queries of the store for keys, those that failed included, probes not
 * @param queriedKeys keys that they asked for
 * @param rateLimited keys that a rate limiter made wait
 * @param liveKeys live keys that are cached
 * @param unknownKeys unknown hashes that are cached
 * @param storeDown whether the circuit breaker of the store is open
 * @param ownersDown whether that of the owners' rights is
 */
public record LookupStats(
    long hits,
    long misses,
    Duration waited,
    Duration longestWait,
    long queries,
    long queriedKeys,
    Duration queryTime,
    Duration longestQuery,
    long rateLimited,
    long liveKeys,
    long unknownKeys,
    boolean storeDown,
    boolean ownersDown) {}
