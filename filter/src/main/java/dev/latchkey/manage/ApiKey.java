package dev.latchkey.manage;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is kept, without its secret. Latchkey implements it; methods may be added.
 *
 * <p>Immutable and thread-safe.
 */
public interface ApiKey {
  /** Returns the public id: safe in URLs and logs. */
  String tag();

  /** Returns the name of the owner, as the container's principal has it. */
  String owner();

  /** Returns the prefix and the last four characters of the secret, to tell keys apart. */
  String hint();

  /** Returns the owner's own words, or the empty string. */
  String description();

  /** Returns when the key was made. */
  Instant createdAt();

  /** Returns from when on the key is expired. */
  Instant expiresAt();

  /** Returns the end of the grace period of a key that was reissued; null for any other key. */
  @Nullable Instant retiresAt();

  /** Returns when the key was last accepted, late by {@code lastUsedFlushInterval}; or null. */
  @Nullable Instant lastUsedAt();

  /** Returns the address that the key was last accepted from; null if there is none. */
  @Nullable String lastUsedFrom();

  /**
   * Returns the scopes that the key is limited to, in their order, also such as are not declared
   * any longer; null if it has all of its owner's rights.
   */
  @Nullable Set<String> scopes();

  /** Returns when the key stops working: at its expiry, or at the end of its grace period. */
  Instant worksUntil();
}
