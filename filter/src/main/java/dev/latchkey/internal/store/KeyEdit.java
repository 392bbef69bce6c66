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
 */
public record KeyEdit(
    @Nullable String description, @Nullable Instant expiresAt, @Nullable NewScopes scopes) {
  /**
   * Holds the scopes that a key is to have.
   *
   * @param scopes null for nothing
   */
  public record NewScopes(@Nullable Set<String> scopes) {}

  /** Changes no scopes. */
  public KeyEdit(@Nullable String description, @Nullable Instant expiresAt) {
    this(description, expiresAt, null);
  }
}
