package dev.latchkey.auth;

import dev.latchkey.auth.AuthResult.Expired;
import dev.latchkey.auth.AuthResult.Granted;
import dev.latchkey.auth.AuthResult.Unknown;
import dev.latchkey.key.KeyHash;
import dev.latchkey.store.FoundKey;
import dev.latchkey.store.StoredKey;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is cached of a key: all that a request needs, as of when the store confirmed it. It is its
 * own key in the cache, and its own answer, which may be given as far as {@link #judge} or {@link
 * #isSettled} allow it: with many keys a request takes as long as the objects take to come from
 * memory that it reads, and so it reads one.
 *
 * <p>A key whose age has been looked at and whose use has been noted is <em>settled</em> until the
 * second is over, unless something about it changes with time before that. Meanwhile a request has
 * nothing to do but to look at the clock.
 *
 * <p>Thread-safe.
 */
final class ConfirmedKey extends KeyHash implements Granted {
  private static final AuthResult UNKNOWN = new Unknown();
  private static final long SECOND = 1_000;
  private static final long NEVER = Long.MIN_VALUE;
  private static final long NEVER_AGAIN = NEVER + 1;
  private static final AtomicLongFieldUpdater<ConfirmedKey> SETTLED =
      AtomicLongFieldUpdater.newUpdater(ConfirmedKey.class, "settledSecond");
  private static final AtomicReferenceFieldUpdater<ConfirmedKey, @Nullable Use> USE =
      AtomicReferenceFieldUpdater.newUpdater(ConfirmedKey.class, Use.class, "use");
  private static final BinaryOperator<@Nullable Use> LATER =
      (one, other) ->
          one == null || (other != null && other.second() >= one.second()) ? other : one;

  // What every request reads comes first: JVMs then lay it out near the hash.
  private final ApiKeyPrincipal principal;
  private volatile long settledSecond = NEVER;
  private final long expiresAtMillis;
  private final long deadFromMillis; // the end of a grace, or ever since if the owner is disabled
  private final long changedAtMicros; // as stores tell it
  private volatile long confirmedAtNanos;
  private volatile @Nullable Use use;

  /**
   * That the key was used, and that this is still to be written.
   *
   * @param second when, in seconds since the epoch
   * @param from from where
   */
  record Use(long second, String from) {
    /** Not {@code equals}: that of a record has the JVM keep the application's class loader. */
    boolean isSameAs(Use other) {
      return second == other.second && from.equals(other.from);
    }
  }

  ConfirmedKey(FoundKey found, long confirmedAtNanos) {
    super(found.key().hash());
    StoredKey key = found.key();
    Instant retiresAt = key.retiresAt();
    this.principal = new ApiKeyPrincipal(key.owner(), key.tag());
    this.expiresAtMillis = key.expiresAt().toEpochMilli();
    this.deadFromMillis =
        found.ownerDisabled()
            ? Long.MIN_VALUE
            : retiresAt == null ? Long.MAX_VALUE : retiresAt.toEpochMilli();
    this.changedAtMicros = micros(found.changedAt());
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
    return Math.min(expiresAtMillis, deadFromMillis);
  }

  /** What there is to say of the key at this time, as far as the store has confirmed it. */
  AuthResult judge(long nowMillis) {
    if (nowMillis >= deadFromMillis) {
      return UNKNOWN;
    }
    return nowMillis >= expiresAtMillis ? new Expired(Instant.ofEpochMilli(expiresAtMillis)) : this;
  }

  /** Whether the key is granted at this time without further ado. */
  boolean isSettled(long nowMillis) {
    return second(nowMillis) == settledSecond;
  }

  /**
   * Takes the key for settled while this second lasts, if all that it is judged by does, too.
   *
   * @param longestMillis for how long at most
   */
  void settle(long nowMillis, long longestMillis) {
    long second = second(nowMillis);
    long next = (second + 1) * SECOND;
    long before = settledSecond;
    if (next <= worksUntilMillis() && next - nowMillis <= longestMillis && before != NEVER_AGAIN) {
      // That one alone, so a clock that is set back out of it ends it, too.
      SETTLED.compareAndSet(this, before, second);
    }
  }

  /** Has the key be looked at again by the next request. */
  void unsettle() {
    SETTLED.updateAndGet(this, second -> second == NEVER_AGAIN ? NEVER_AGAIN : NEVER);
  }

  /** Has the key not be settled, now and ever after: it is remembered no longer. */
  void forget() {
    settledSecond = NEVER_AGAIN;
  }

  private static long second(long millis) {
    return Math.floorDiv(millis, SECOND);
  }

  /** Whether this is the state that a change led to, rather than one before or after. */
  boolean isAsOf(Instant change) {
    return changedAtMicros == micros(change);
  }

  /**
   * Takes a later answer of the store for this key's, if it says the same.
   *
   * @return whether it does
   */
  boolean confirm(ConfirmedKey later) {
    boolean same =
        principal.equals(later.principal)
            && expiresAtMillis == later.expiresAtMillis
            && deadFromMillis == later.deadFromMillis
            && changedAtMicros == later.changedAtMicros;
    if (same) {
      confirmedAtNanos = later.confirmedAtNanos;
    }
    return same;
  }

  /** When the look-up was asked that confirmed the key last. */
  long confirmedAtNanos() {
    return confirmedAtNanos;
  }

  long ageNanos(long nowNanos) {
    return nowNanos - confirmedAtNanos;
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

  /** The use that was kept, which from now on is not; null if there is none. */
  @Nullable Use takeUse() {
    return USE.getAndSet(this, null);
  }
}
