package dev.latchkey.internal.auth;

import dev.latchkey.auth.ApiKeyPrincipal;
import java.time.Instant;

/** What became of a key that was presented. "Cannot tell" is not "no". */
public sealed interface AuthOutcome {

  /** The key is live. */
  sealed interface Granted extends AuthOutcome permits CachedKey {
    /** Whom it stands for. */
    ApiKeyPrincipal principal();

    /**
     * When it stops working, in milliseconds since the epoch: its expiry, or the end of its grace
     * if that comes first.
     */
    long worksUntilMillis();
  }

  /** There is no such key; it may have been deleted, or never been one. */
  record Unknown() implements AuthOutcome {}

  /** It is no key, by its shape or checksum. Nothing was asked for it. */
  record NoKey() implements AuthOutcome {}

  /**
   * The key is past its expiry.
   *
   * @param at since when
   */
  record Expired(Instant at) implements AuthOutcome {}

  /** The store could not answer in time, and nothing remembered may stand in for it. */
  record Unavailable() implements AuthOutcome {}
}
