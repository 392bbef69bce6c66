package dev.latchkey.manage;

import java.util.Objects;

/**
 * A key that was just made, and the one chance to show its secret.
 *
 * <p>Immutable and thread-safe.
 */
public final class IssuedKey {
  private final ApiKey key;
  private final KeySecret secret;

  /** Joins a key and its secret, as for an application's tests. */
  public IssuedKey(ApiKey key, KeySecret secret) {
    this.key = Objects.requireNonNull(key, "key");
    this.secret = Objects.requireNonNull(secret, "secret");
  }

  /** Returns what is kept. */
  public ApiKey key() {
    return key;
  }

  /** Returns what is not. */
  public KeySecret secret() {
    return secret;
  }

  @Override
  public String toString() {
    return "IssuedKey[" + key.tag() + "]";
  }
}
