package dev.latchkey.manage;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what is asked for of a key. What is left out gets its default in a new key, and stays as it
 * is in one that is edited or reissued.
 *
 * <p>Immutable and thread-safe.
 */
public final class KeyRequest {
  private static final KeyRequest EMPTY = new KeyRequest(null, Validity.DEFAULT, false, null);

  private final @Nullable String description;
  private final Validity validity;
  private final boolean scopesGiven;
  private final @Nullable Set<String> scopes;

  private KeyRequest(
      @Nullable String description,
      Validity validity,
      boolean scopesGiven,
      @Nullable Set<String> scopes) {
    this.description = description;
    this.validity = validity;
    this.scopesGiven = scopesGiven;
    this.scopes = scopes;
  }

  /** Returns a request that asks for nothing in particular. */
  public static KeyRequest create() {
    return EMPTY;
  }

  /**
   * Asks for a description: up to 200 characters without control characters, and without a key in
   * them.
   */
  public KeyRequest withDescription(String description) {
    return new KeyRequest(description, validity, scopesGiven, scopes);
  }

  /** Asks for a validity. */
  public KeyRequest withValidity(Validity validity) {
    return new KeyRequest(description, validity, scopesGiven, scopes);
  }

  /** Asks for a key that is limited to scopes: 1 to 50 that are declared. */
  public KeyRequest withScopes(Collection<String> scopes) {
    return new KeyRequest(
        description, validity, true, Collections.unmodifiableSet(new LinkedHashSet<>(scopes)));
  }

  /** Asks for a key with all of its owner's rights. */
  public KeyRequest withAllRights() {
    return new KeyRequest(description, validity, true, null);
  }

  /** Returns the description, if one is asked for. */
  public Optional<String> description() {
    return Optional.ofNullable(description);
  }

  /** Returns the validity; {@link Validity#DEFAULT} if none is asked for. */
  public Validity validity() {
    return validity;
  }

  /** Returns whether it says anything of scopes. */
  public boolean setsScopes() {
    return scopesGiven;
  }

  /**
   * Returns the scopes that the key is to be limited to, in their order; null for all of its
   * owner's rights, and where {@link #setsScopes} is false.
   */
  public @Nullable Set<String> scopes() {
    return scopes;
  }

  @Override
  public String toString() {
    return "KeyRequest[%s, %s]".formatted(validity, scopesGiven ? scopes : "as it is");
  }
}
