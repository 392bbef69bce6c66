package dev.latchkey.internal.store;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names what to change of a key. A null leaves the value as it is.
 *
 * @param description the new description
 * @param expiresAt the new expiry
 * @param scopes the new scopes
 * @param narrowOnly whether it must not give the key more than it has
 */
public record KeyEdit(
    @Nullable String description,
    @Nullable Instant expiresAt,
    @Nullable NewScopes scopes,
    boolean narrowOnly) {
  /**
   * Holds the scopes that a key is to have.
   *
   * @param scopes null for nothing
   */
  public record NewScopes(@Nullable Set<String> scopes) {}

  /** Changes no scopes. */
  public KeyEdit(@Nullable String description, @Nullable Instant expiresAt) {
    this(description, expiresAt, null, false);
  }

  /** Returns the key as it is after the change. */
  public StoredKey applied(StoredKey key) {
    StoredKey edited =
        new StoredKey(
            key.hash(),
            key.tag(),
            key.owner(),
            key.hint(),
            description == null ? key.description() : description,
            key.createdAt(),
            expiresAt == null ? key.expiresAt() : expiresAt,
            key.retiresAt(),
            key.lastUsedAt(),
            key.lastUsedFrom(),
            key.scopes());
    return scopes == null ? edited : edited.limitedTo(scopes.scopes());
  }

  /** Tells if a key may do more after a change than before, or lives longer. */
  public static boolean isWider(StoredKey before, StoredKey after) {
    return after.expiresAt().isAfter(before.expiresAt())
        || (before.scopes() != null
            && (after.scopes() == null || !before.scopes().containsAll(after.scopes())));
  }
}
