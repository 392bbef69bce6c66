package dev.latchkey.internal.auth;

import dev.latchkey.internal.settings.SettingValues;
import dev.latchkey.internal.settings.Settings;
import java.time.Duration;

/**
 * Bounds the cache in size and time. Components have the names of the settings.
 *
 * @param cacheMaximumSize the most live keys
 * @param cacheTtl the age at which a key is refreshed
 * @param maxStale how long after its last confirmation, by a look-up or by the change feed, a key
 *     is honoured while the store is down; zero fails closed
 * @param unknownCacheMaximumSize the most unknown hashes, which do not count as live keys
 * @param unknownCacheTtl how long a hash is cached as unknown
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
  public static final CacheSettings DEFAULT = of(new SettingValues());

  /** Returns the cache's part of all settings. */
  public static CacheSettings of(SettingValues values) {
    return new CacheSettings(
        values.get(Settings.CACHE_MAXIMUM_SIZE),
        values.get(Settings.CACHE_TTL),
        values.get(Settings.MAX_STALE),
        values.get(Settings.UNKNOWN_CACHE_MAXIMUM_SIZE),
        values.get(Settings.UNKNOWN_CACHE_TTL),
        values.get(Settings.LOOKUP_TIMEOUT));
  }
}
