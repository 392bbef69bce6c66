package dev.latchkey.internal.auth;

import dev.latchkey.auth.ApiKeyPrincipal;
import java.time.Instant;

/** The outcome of checking a key. {@link Unavailable} is not a "no": the key may be live. */
public sealed interface AuthOutcome {

  /** The key is live. */
  sealed interface Granted extends AuthOutcome permits CachedKey {
    /** Returns the owner, and the tag of the key. */
    ApiKeyPrincipal principal();

    /**
     * Returns when the key stops working, in milliseconds since the epoch: its expiry, or the end
     * of its grace period if that comes first.
     */
    long effectiveExpiryMillis();
  }

  /** There is no such key: it was revoked, or never existed. */
  record Unknown() implements AuthOutcome {}

  /** The text is no key, by its shape or checksum. The store was not asked. */
  record NoKey() implements AuthOutcome {}

  /**
   * The key is past its expiry.
   *
   * @param at when it expired
   */
  record Expired(Instant at) implements AuthOutcome {}

  /** The store did not answer in time, and the cache has no usable entry. */
  record Unavailable() implements AuthOutcome {}
}
