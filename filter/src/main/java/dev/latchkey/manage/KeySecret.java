package dev.latchkey.manage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The secret text of a new API key.
 *
 * <p>It never prints itself, and compares in constant time; {@link #reveal()} is the way out, for
 * the one time that a new key is shown to its owner.
 *
 * <p>Immutable and thread-safe.
 */
public final class KeySecret {
  private static final int HINT_LENGTH = 4;

  private final String text;

  /**
   * Wraps a secret.
   *
   * @throws IllegalArgumentException if the text has no prefix that ends with an underscore
   */
  public KeySecret(String text) {
    if (text.indexOf('_') < 1) {
      throw new IllegalArgumentException("a key begins with a prefix and an underscore");
    }
    this.text = text;
  }

  /** Returns the secret itself. Show it once, and forget it. */
  public String reveal() {
    return text;
  }

  /** Returns what may be shown later to tell keys apart: prefix and last four characters. */
  public String hint() {
    return text.substring(0, text.indexOf('_') + 1)
        + "…"
        + text.substring(text.length() - HINT_LENGTH);
  }

  private byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeySecret secret && MessageDigest.isEqual(bytes(), secret.bytes());
  }

  @Override
  public int hashCode() {
    return KeySecret.class.hashCode(); // a secret is no map key: its hash is
  }

  @Override
  public String toString() {
    return "KeySecret[redacted]";
  }
}
