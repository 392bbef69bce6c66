package dev.latchkey.auth;

import java.security.Principal;

/** The owner of the key that a request was accepted for. Immutable. */
public final class ApiKeyPrincipal implements Principal {
  private final String owner;
  private final String keyTag;

  /** An owner, and the tag of their key. */
  public ApiKeyPrincipal(String owner, String keyTag) {
    this.owner = owner;
    this.keyTag = keyTag;
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
