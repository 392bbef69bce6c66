package dev.latchkey.internal.auth;

import dev.latchkey.internal.auth.AuthOutcome.Expired;
import dev.latchkey.internal.auth.AuthOutcome.Unknown;
import dev.latchkey.internal.store.KeySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says what makes a key alive; no other place does. A key is
 *
 * <ul>
 *   <li>unknown from its retirement on: the end of its grace period, or at any time if its owner is
 *       disabled,
 *   <li>else expired from its expiry on,
 *   <li>else granted; from the cache only until {@code maxStale} after its last confirmation, see
 *       {@link Freshness}. After that the store must be asked. It is refreshed in the background
 *       when it is older than {@code cacheTtl}, or the change feed cannot vouch for it.
 * </ul>
 *
 * <p>Thread-safe.
 */
final class Liveness {
  private static final AuthOutcome UNKNOWN = new Unknown();

  private final Freshness freshness;
  private final long ttlNanos;

  Liveness(CacheSettings settings, Duration feedInterval, LongSupplier nanoTime) {
    this.freshness = new Freshness(settings, feedInterval, nanoTime);
    this.ttlNanos = settings.cacheTtl().toNanos();
  }

  /** Returns what the change feed keeps up to date. */
  Freshness freshness() {
    return freshness;
  }

  /** Returns when a key retires, in milliseconds since the epoch. */
  static long retiredAtMillis(KeySnapshot found) {
    if (found.ownerDisabled()) {
      return Long.MIN_VALUE;
    }
    Instant retiresAt = found.key().retiresAt();
    return retiresAt == null ? Long.MAX_VALUE : retiresAt.toEpochMilli();
  }

  /** Returns the answer for a key that the store has just confirmed. */
  static AuthOutcome ofConfirmed(CachedKey key, long nowMillis) {
    if (nowMillis >= key.retiredAtMillis()) {
      return UNKNOWN;
    }
    long expiry = key.expiresAtMillis();
    return nowMillis >= expiry ? new Expired(Instant.ofEpochMilli(expiry)) : key;
  }

  /** Returns the answer for a key from the cache; null if the key is too stale for one. */
  @Nullable AuthOutcome ofCached(CachedKey key, long nowMillis, long nowNanos) {
    return remainingNanos(key, nowNanos) < 0 ? null : ofConfirmed(key, nowMillis);
  }

  /** Returns whether a key is to be refreshed. */
  boolean isRefreshDue(CachedKey key, long nowNanos) {
    return untilRefreshNanos(key, nowNanos) < 0 || freshness.isUnconfirmed(key.confirmedAtNanos());
  }

  /** Opens the fast path of a key that is granted, if all that it is judged by lasts so long. */
  void openFastPath(CachedKey key, long nowMillis, long nowNanos) {
    long unchangedNanos = Math.min(remainingNanos(key, nowNanos), untilRefreshNanos(key, nowNanos));
    long unchangedMillis =
        Math.min(key.worksUntilMillis() - nowMillis, TimeUnit.NANOSECONDS.toMillis(unchangedNanos));
    key.openFastPath(nowMillis, unchangedMillis);
    if (freshness.isUnconfirmed(key.confirmedAtNanos())) {
      key.closeFastPath(); // the feed lost track in between: see CachingAuthenticator
    }
  }

  private long remainingNanos(CachedKey key, long nowNanos) {
    return freshness.remainingNanos(key.confirmedAtNanos(), nowNanos);
  }

  private long untilRefreshNanos(CachedKey key, long nowNanos) {
    return ttlNanos - (nowNanos - key.confirmedAtNanos());
  }
}
