package dev.latchkey.auth;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what became of a key that was presented. "Cannot tell" is not "no".
 *
 * <p>Immutable and thread-safe. Tests of an application make their own.
 */
public final class AuthResult {
  private final Status status;
  private final @Nullable ApiKeyPrincipal principal;
  private final @Nullable Instant expiresAt;

  /** The kinds of results. More may come: treat those that you do not know as a rejection. */
  public enum Status {
    /** The key is live. */
    GRANTED,
    /** There is no such key, or its owner may not use keys, or the text is no key. */
    INVALID,
    /** The key is past its expiry. */
    EXPIRED,
    /** The database did not answer in time, and no answer is cached: try again later. */
    UNAVAILABLE
  }

  private AuthResult(
      Status status, @Nullable ApiKeyPrincipal principal, @Nullable Instant expiresAt) {
    this.status = status;
    this.principal = principal;
    this.expiresAt = expiresAt;
  }

  /**
   * Returns the result for a live key.
   *
   * @param expiresAt when it stops working
   */
  public static AuthResult granted(ApiKeyPrincipal principal, Instant expiresAt) {
    return new AuthResult(Status.GRANTED, principal, expiresAt);
  }

  /** Returns the result for a text that is no key, or a key that does not count. */
  public static AuthResult invalid() {
    return new AuthResult(Status.INVALID, null, null);
  }

  /**
   * Returns the result for an expired key.
   *
   * @param expiresAt when it expired
   */
  public static AuthResult expired(Instant expiresAt) {
    return new AuthResult(Status.EXPIRED, null, expiresAt);
  }

  /** Returns the result for a key that cannot be checked now. */
  public static AuthResult unavailable() {
    return new AuthResult(Status.UNAVAILABLE, null, null);
  }

  /** Returns what kind of result it is. */
  public Status status() {
    return status;
  }

  /** Returns the owner of a live key, with the owner's roles. */
  public Optional<ApiKeyPrincipal> principal() {
    return Optional.ofNullable(principal);
  }

  /** Returns when a live key stops working, or an expired one did. */
  public Optional<Instant> expiresAt() {
    return Optional.ofNullable(expiresAt);
  }

  @Override
  public String toString() {
    return "AuthResult[" + status + "]";
  }
}
