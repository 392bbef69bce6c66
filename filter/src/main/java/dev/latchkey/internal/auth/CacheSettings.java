package dev.latchkey.internal.auth;

import dev.latchkey.internal.settings.SettingValues;
import dev.latchkey.internal.settings.Settings;
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
  public static final CacheSettings DEFAULT = of(new SettingValues());

  /** Takes the settings out of all. */
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
