package dev.latchkey.auth;

import dev.latchkey.auth.AuthResult.Expired;
import dev.latchkey.auth.AuthResult.Granted;
import dev.latchkey.auth.AuthResult.Unknown;
import dev.latchkey.store.FoundKey;
import dev.latchkey.store.StoredKey;
import java.time.Instant;

/**
 * What is cached of a key: all that a request needs, as of when the store confirmed it.
 *
 * <p>A key whose age has been looked at and whose use has been noted is <em>settled</em> for a
 * moment: until the second is over, or earlier if something about it changes with time before that.
 * Meanwhile a request has nothing to do but to look at the clock.
 */
final class ConfirmedKey {
  private static final AuthResult UNKNOWN = new Unknown();
  private static final long SECOND = 1_000;

  private final ApiKeyPrincipal principal;
  private final long expiresAtMillis;
  private final long deadFromMillis; // the end of a grace, or ever since if the owner is disabled
  private final Instant changedAt;
  private final long confirmedAtNanos;
  private volatile long settledFromMillis;
  private volatile long settledUntilMillis;

  ConfirmedKey(FoundKey found, long confirmedAtNanos) {
    StoredKey key = found.key();
    Instant retiresAt = key.retiresAt();
    this.principal = new ApiKeyPrincipal(key.owner(), key.tag(), key.worksUntil());
    this.expiresAtMillis = key.expiresAt().toEpochMilli();
    this.deadFromMillis =
        found.ownerDisabled()
            ? Long.MIN_VALUE
            : retiresAt == null ? Long.MAX_VALUE : retiresAt.toEpochMilli();
    this.changedAt = found.changedAt();
    this.confirmedAtNanos = confirmedAtNanos;
  }

  ApiKeyPrincipal principal() {
    return principal;
  }

  /** The key's state changes with time alone, so it is judged anew on every hit. */
  AuthResult judge(long nowMillis) {
    if (nowMillis >= deadFromMillis) {
      return UNKNOWN;
    }
    return nowMillis >= expiresAtMillis
        ? new Expired(Instant.ofEpochMilli(expiresAtMillis))
        : new Granted(principal);
  }

  /** Whether the key is granted at this time without further ado. */
  boolean isSettled(long nowMillis) {
    return nowMillis < settledUntilMillis && nowMillis >= settledFromMillis;
  }

  /**
   * Takes the key for settled from now on.
   *
   * @param longestMillis for how long at most
   */
  void settle(long nowMillis, long longestMillis) {
    long nextSecond = nowMillis - Math.floorMod(nowMillis, SECOND) + SECOND;
    settledFromMillis = nowMillis; // a clock that is set back ends it, too
    settledUntilMillis =
        Math.min(
            Math.min(nextSecond, nowMillis + longestMillis),
            Math.min(expiresAtMillis, deadFromMillis));
  }

  /** Whether this is the state that a change led to, rather than one before or after. */
  boolean isAsOf(Instant change) {
    return changedAt.equals(change);
  }

  long ageNanos(long nowNanos) {
    return nowNanos - confirmedAtNanos;
  }
}
