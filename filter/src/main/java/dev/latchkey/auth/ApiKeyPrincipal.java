package dev.latchkey.auth;

import java.security.Principal;
import java.time.Instant;

/** The owner of the key that a request was accepted for. Immutable. */
public final class ApiKeyPrincipal implements Principal {
  private final String owner;
  private final String keyTag;

  /** In parts: there is one a cached key, and an object less to look up a request. */
  private final long expiresAtSecond;

  private final int expiresAtNano;

  /** An owner, the tag of their key, and its expiry. */
  public ApiKeyPrincipal(String owner, String keyTag, Instant expiresAt) {
    this.owner = owner;
    this.keyTag = keyTag;
    this.expiresAtSecond = expiresAt.getEpochSecond();
    this.expiresAtNano = expiresAt.getNano();
  }

  /** The key's owner. */
  @Override
  public String getName() {
    return owner;
  }

  /** The key's public id, safe to log. */
  public String keyTag() {
    return keyTag;
  }

  /** When the key stops working: its expiry, or the end of its grace if that comes first. */
  public Instant expiresAt() {
    return Instant.ofEpochSecond(expiresAtSecond, expiresAtNano);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ApiKeyPrincipal principal
        && owner.equals(principal.owner)
        && keyTag.equals(principal.keyTag);
  }

  @Override
  public int hashCode() {
    return keyTag.hashCode();
  }

  @Override
  public String toString() {
    return "ApiKeyPrincipal[" + owner + ", key " + keyTag + "]";
  }
}
