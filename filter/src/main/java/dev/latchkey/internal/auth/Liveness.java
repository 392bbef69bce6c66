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
 * Decides whether a key is alive; no other class does. A key is
 *
 * <ul>
 *   <li>unknown once it is retired: after its grace period, or at any time while its owner is
 *       disabled,
 *   <li>else expired once its expiry has passed,
 *   <li>else granted. A cached key is granted only until {@code maxStale} after its last
 *       confirmation, see {@link Freshness}; then the store must be asked. It is refreshed in the
 *       background when it is older than {@code cacheTtl}, or the change feed may have missed a
 *       change of it.
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

  /** Returns the freshness, which the change feed keeps up to date. */
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

  /** Returns the outcome for a key that the store has just confirmed. */
  static AuthOutcome ofConfirmed(CachedKey key, long nowMillis) {
    if (nowMillis >= key.retiredAtMillis()) {
      return UNKNOWN;
    }
    long expiry = key.expiresAtMillis();
    return nowMillis >= expiry ? new Expired(Instant.ofEpochMilli(expiry)) : key;
  }

  /** Returns the outcome for a cached key; null if it is too stale. */
  @Nullable AuthOutcome ofCached(CachedKey key, long nowMillis, long nowNanos) {
    return remainingNanos(key, nowNanos) < 0 ? null : ofConfirmed(key, nowMillis);
  }

  /** Returns whether a cached key must be refreshed in the background. */
  boolean isRefreshDue(CachedKey key, long nowNanos) {
    return untilRefreshNanos(key, nowNanos) < 0 || freshness.isUnconfirmed(key.confirmedAtNanos());
  }

  /**
   * Opens the fast path of a granted key, if the outcome lasts for the rest of the second.
   *
   * @param ownerNanos how long the answer about its owner counts
   */
  void openFastPath(CachedKey key, long nowMillis, long nowNanos, long ownerNanos) {
    long unchangedNanos =
        Math.min(
            ownerNanos, Math.min(remainingNanos(key, nowNanos), untilRefreshNanos(key, nowNanos)));
    long unchangedMillis =
        Math.min(
            key.effectiveExpiryMillis() - nowMillis, TimeUnit.NANOSECONDS.toMillis(unchangedNanos));
    key.openFastPath(nowMillis, unchangedMillis);
    if (freshness.isUnconfirmed(key.confirmedAtNanos())) {
      key.closeFastPath(); // the feed lost track meanwhile: see
      // CachingAuthenticator.requireConfirmation
    }
  }

  private long remainingNanos(CachedKey key, long nowNanos) {
    return freshness.remainingNanos(key.confirmedAtNanos(), nowNanos);
  }

  private long untilRefreshNanos(CachedKey key, long nowNanos) {
    return ttlNanos - (nowNanos - key.confirmedAtNanos());
  }
}
