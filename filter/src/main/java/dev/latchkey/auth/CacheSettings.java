package dev.latchkey.auth;

import java.time.Duration;

/**
 * What the cache may remember, and for how long. Components are named as the settings are.
 *
 * @param cacheMaximumSize how many live keys are held
 * @param cacheTtl the age from which a key is confirmed again
 * @param maxStale how long past its last successful confirmation, by a look-up or by the change
 *     feed, a key that is due is honoured while the store is down; zero fails closed
 * @param unknownCacheMaximumSize how many unknown hashes are remembered, apart from the live keys
 * @param unknownCacheTtl for how long a hash is remembered as unknown
 * @param lookupTimeout how long a request waits for the store
 */
public record CacheSettings(
    long cacheMaximumSize,
    Duration cacheTtl,
    Duration maxStale,
    long unknownCacheMaximumSize,
    Duration unknownCacheTtl,
    Duration lookupTimeout) {

  /** The defaults. */
  public static final CacheSettings DEFAULT =
      new CacheSettings(
          100_000,
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          10_000,
          Duration.ofSeconds(30),
          Duration.ofSeconds(2));

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  public CacheSettings {
    notNegative("cacheMaximumSize", cacheMaximumSize);
    notNegative("cacheTtl", cacheTtl);
    notNegative("maxStale", maxStale);
    notNegative("unknownCacheMaximumSize", unknownCacheMaximumSize);
    notNegative("unknownCacheTtl", unknownCacheTtl);
    if (lookupTimeout.isNegative() || lookupTimeout.isZero()) {
      throw new IllegalArgumentException("lookupTimeout must be positive, not " + lookupTimeout);
    }
  }

  private static void notNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must not be negative, as " + value + " is");
    }
  }

  private static void notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative, as " + value + " is");
    }
  }
}
