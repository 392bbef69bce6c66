package dev.latchkey.internal.auth;

import dev.latchkey.auth.ApiKeyPrincipal;
import dev.latchkey.internal.auth.AuthOutcome.Granted;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.KeySnapshot;
import dev.latchkey.internal.store.StoredKey;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A key as the store confirmed it, with all that a request needs. It is its own map key, and its
 * own answer, so that a request reads one object: with many keys, what takes time is to fetch
 * objects from memory.
 *
 * <p>A key is <em>on the fast path</em> for the rest of a second once {@link Liveness} has found
 * that nothing about it changes before that second ends, and its use has been recorded. Meanwhile a
 * request only looks at the clock.
 *
 * <p>Thread-safe.
 */
final class CachedKey extends KeyHash implements Granted {
  private static final long SECOND = 1_000;

  /** Not on the fast path. */
  private static final long CLOSED = Long.MIN_VALUE;

  /** Never on the fast path again. */
  private static final long INVALIDATED = CLOSED + 1;

  private static final AtomicLongFieldUpdater<CachedKey> FAST_PATH_SECOND =
      AtomicLongFieldUpdater.newUpdater(CachedKey.class, "fastPathSecond");
  private static final AtomicReferenceFieldUpdater<CachedKey, @Nullable Use> USE =
      AtomicReferenceFieldUpdater.newUpdater(CachedKey.class, Use.class, "use");
  private static final BinaryOperator<@Nullable Use> LATER =
      (one, other) ->
          one == null || (other != null && other.second() >= one.second()) ? other : one;

  // What every request reads comes first: JVMs then lay it out near the hash.
  private final ApiKeyPrincipal principal;
  private volatile long fastPathSecond = CLOSED;
  private final long expiresAtMillis;
  private final long retiredAtMillis; // end of the grace period; always, if the owner is disabled
  private final long versionMicros;
  private volatile long confirmedAtNanos;
  private volatile @Nullable Use use;

  /**
   * A use of the key that is still to be written.
   *
   * @param second when, in seconds since the epoch
   * @param from the caller's address
   */
  record Use(long second, String from) {
    /** Not {@code equals}: that of a record has the JVM keep the application's class loader. */
    boolean isSameAs(Use other) {
      return second == other.second && from.equals(other.from);
    }
  }

  /**
   * Creates a key.
   *
   * @param confirmedAtNanos when the look-up began that found it
   */
  CachedKey(KeySnapshot found, long confirmedAtNanos) {
    super(found.key().hash());
    StoredKey key = found.key();
    this.principal = new ApiKeyPrincipal(key.owner(), key.tag());
    this.expiresAtMillis = key.expiresAt().toEpochMilli();
    this.retiredAtMillis = Liveness.retiredAtMillis(found);
    this.versionMicros = micros(found.changedAt());
    this.confirmedAtNanos = confirmedAtNanos;
  }

  private static long micros(Instant at) {
    return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000; // any instant will do
  }

  @Override
  public ApiKeyPrincipal principal() {
    return principal;
  }

  @Override
  public long worksUntilMillis() {
    return Math.min(expiresAtMillis, retiredAtMillis);
  }

  long expiresAtMillis() {
    return expiresAtMillis;
  }

  long retiredAtMillis() {
    return retiredAtMillis;
  }

  /** Returns whether the key is granted at this time without a further look. */
  boolean onFastPath(long nowMillis) {
    return second(nowMillis) == fastPathSecond;
  }

  /**
   * Opens the fast path for this second, if nothing changes before it ends.
   *
   * @param unchangedMillis for how long from now on nothing changes that the key is judged by
   */
  void openFastPath(long nowMillis, long unchangedMillis) {
    long second = second(nowMillis);
    long before = fastPathSecond;
    if ((second + 1) * SECOND - nowMillis <= unchangedMillis && before != INVALIDATED) {
      // For this second alone, so a clock that is set back out of it closes it, too.
      FAST_PATH_SECOND.compareAndSet(this, before, second);
    }
  }

  /** Has the key be looked at again by the next request. */
  void closeFastPath() {
    FAST_PATH_SECOND.updateAndGet(this, second -> second == INVALIDATED ? INVALIDATED : CLOSED);
  }

  /** Closes the fast path for good, since the cache drops the key. */
  void invalidate() {
    fastPathSecond = INVALIDATED;
  }

  private static long second(long millis) {
    return Math.floorDiv(millis, SECOND);
  }

  /** Returns whether this is the version that a change led to, and not one before or after. */
  boolean hasVersion(Instant changedAt) {
    return versionMicros == micros(changedAt);
  }

  /**
   * Takes over the time of a later answer of the store, if it says the same.
   *
   * @return whether it does
   */
  boolean confirm(CachedKey later) {
    boolean same =
        versionMicros == later.versionMicros
            && expiresAtMillis == later.expiresAtMillis
            && retiredAtMillis == later.retiredAtMillis
            && principal.equals(later.principal);
    if (same) {
      confirmedAtNanos = later.confirmedAtNanos;
    }
    return same;
  }

  /** Returns when the look-up began that confirmed the key last. */
  long confirmedAtNanos() {
    return confirmedAtNanos;
  }

  /**
   * Keeps a use until it is taken, or a later one instead.
   *
   * @return whether one was kept already
   */
  boolean keepUse(Use one) {
    Use kept = use;
    return (kept != null && kept.isSameAs(one)) || USE.getAndAccumulate(this, one, LATER) != null;
  }

  /** Takes the use that was kept, and keeps it no longer; returns null if there is none. */
  @Nullable Use takeUse() {
    return USE.getAndSet(this, null);
  }
}
