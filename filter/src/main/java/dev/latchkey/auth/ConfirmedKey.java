package dev.latchkey.auth;

import dev.latchkey.auth.AuthResult.Expired;
import dev.latchkey.auth.AuthResult.Granted;
import dev.latchkey.auth.AuthResult.Unknown;
import dev.latchkey.store.FoundKey;
import dev.latchkey.store.StoredKey;
import java.time.Instant;

/** What is cached of a key: all that a request needs, as of when the store confirmed it. */
final class ConfirmedKey {
  private static final AuthResult UNKNOWN = new Unknown();

  private final Granted granted;
  private final long expiresAtMillis;
  private final long deadFromMillis; // the end of a grace, or ever since if the owner is disabled
  private final Instant changedAt;
  private final long confirmedAtNanos;

  ConfirmedKey(FoundKey found, long confirmedAtNanos) {
    StoredKey key = found.key();
    Instant retiresAt = key.retiresAt();
    this.granted = new Granted(new ApiKeyPrincipal(key.owner(), key.tag(), key.worksUntil()));
    this.expiresAtMillis = key.expiresAt().toEpochMilli();
    this.deadFromMillis =
        found.ownerDisabled()
            ? Long.MIN_VALUE
            : retiresAt == null ? Long.MAX_VALUE : retiresAt.toEpochMilli();
    this.changedAt = found.changedAt();
    this.confirmedAtNanos = confirmedAtNanos;
  }

  /** The key's state changes with time alone, so it is judged anew on every hit. */
  AuthResult judge(long nowMillis) {
    if (nowMillis >= deadFromMillis) {
      return UNKNOWN;
    }
    return nowMillis >= expiresAtMillis
        ? new Expired(Instant.ofEpochMilli(expiresAtMillis))
        : granted;
  }

  /** Whether this is the state that a change led to, rather than one before or after. */
  boolean isAsOf(Instant change) {
    return changedAt.equals(change);
  }

  long ageNanos(long nowNanos) {
    return nowNanos - confirmedAtNanos;
  }
}
