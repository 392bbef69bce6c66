package dev.latchkey.auth;

import java.io.Serializable;
import java.security.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The owner of the key that a request was accepted for. Two are equal if owner and key are,
 * whatever the roles and scopes. Immutable and thread-safe.
 */
public final class ApiKeyPrincipal implements Principal, Serializable {
  private static final long serialVersionUID = 1L;

  private final String owner;
  private final String keyTag;

  @SuppressWarnings("serial") // those of Set.copyOf are serializable
  private final Set<String> roles;

  @SuppressWarnings("serial")
  private final @Nullable Set<String> scopes;

  /** Creates a principal of an owner without roles, by the tag of the key. */
  public ApiKeyPrincipal(String owner, String keyTag) {
    this(owner, keyTag, Set.of());
  }

  /** Creates a principal of an owner with roles, by the tag of the key. */
  public ApiKeyPrincipal(String owner, String keyTag, Set<String> roles) {
    this(owner, keyTag, roles, null);
  }

  /**
   * Creates a principal of an owner with roles, by the tag of a key that is limited.
   *
   * @param scopes null if the key is not limited
   */
  public ApiKeyPrincipal(
      String owner, String keyTag, Set<String> roles, @Nullable Set<String> scopes) {
    this.owner = owner;
    this.keyTag = keyTag;
    this.roles = Set.copyOf(roles);
    this.scopes = scopes == null ? null : Set.copyOf(scopes);
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

  /**
   * Returns the owner's roles, as {@code OwnerRoles}, {@code OwnerDirectory} or {@code rolesQuery}
   * told them; immutable. Those that a filter's {@code roles} give to everybody are not among them.
   */
  public Set<String> roles() {
    return roles;
  }

  /**
   * Returns the scopes that the key is limited to, also such as are not declared any longer;
   * immutable. Null alone is unlimited: such a key has all of its owner's rights.
   */
  public @Nullable Set<String> scopes() {
    return scopes;
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
