package dev.latchkey.internal.store;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.manage.ApiKey;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is known of a key that has not been deleted. The secret is not in it.
 *
 * @param hash the hash of the secret
 * @param tag the public id
 * @param owner whose it is: the name of the container's principal, compared byte by byte
 * @param hint the prefix and the last characters of the secret
 * @param description the owner's own words, or the empty string
 * @param createdAt when it was made
 * @param expiresAt from when on it is expired
 * @param retiresAt from when on a reissued key is dead, which is the end of its grace; null for a
 *     key that was not reissued
 * @param lastUsedAt when it was last accepted, late by the flush interval; null if never
 * @param lastUsedFrom the address it was last accepted from; null if never
 * @param scopes what it is limited to, in their order; null if it is not limited
 */
public record StoredKey(
    KeyHash hash,
    String tag,
    String owner,
    String hint,
    String description,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant retiresAt,
    @Nullable Instant lastUsedAt,
    @Nullable String lastUsedFrom,
    @Nullable Set<String> scopes)
    implements ApiKey {
  /** Takes the empty address, of a key that the application checked itself, for none. */
  public StoredKey {
    lastUsedFrom = "".equals(lastUsedFrom) ? null : lastUsedFrom;
  }

  /** A key that was just made. */
  public static StoredKey fresh(
      KeyHash hash,
      String tag,
      String owner,
      String hint,
      String description,
      Instant createdAt,
      Instant expiresAt) {
    return new StoredKey(
        hash, tag, owner, hint, description, createdAt, expiresAt, null, null, null, null);
  }

  /** Returns this key limited to scopes, or not limited if they are null. */
  public StoredKey limitedTo(@Nullable Set<String> scopes) {
    return new StoredKey(
        hash,
        tag,
        owner,
        hint,
        description,
        createdAt,
        expiresAt,
        retiresAt,
        lastUsedAt,
        lastUsedFrom,
        scopes);
  }

  /** Returns its place in lists of all keys. */
  public Position position() {
    return new Position(createdAt, tag);
  }

  @Override
  public Instant worksUntil() {
    return retiresAt != null && retiresAt.isBefore(expiresAt) ? retiresAt : expiresAt;
  }

  /** Tells if the key is past its expiry. */
  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /** Tells if the key was reissued and its grace is over. */
  public boolean isRetired(Instant now) {
    return retiresAt != null && !now.isBefore(retiresAt);
  }
}
