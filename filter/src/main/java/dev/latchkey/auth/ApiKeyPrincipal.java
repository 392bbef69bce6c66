package dev.latchkey.auth;

import java.io.Serializable;
import java.security.Principal;

/** The owner of the key that a request was accepted for. Immutable and thread-safe. */
public final class ApiKeyPrincipal implements Principal, Serializable {
  private static final long serialVersionUID = 1L;

  private final String owner;
  private final String keyTag;

  /** Creates a principal of an owner, by the tag of the key. */
  public ApiKeyPrincipal(String owner, String keyTag) {
    this.owner = owner;
    this.keyTag = keyTag;
  }

  /** Returns the key's owner. */
  @Override
  public String getName() {
    return owner;
  }

  /** Returns the key's public id, which is safe to log. */
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
