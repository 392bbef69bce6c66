package dev.latchkey.internal.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The secret text of a new API key.
 *
 * <p>Immutable and thread-safe. {@code toString} is redacted, and {@code equals} takes constant
 * time. Only {@link #reveal()} returns the text, to show a new key to its owner once.
 */
public final class ApiKey {
  private static final int HINT_LENGTH = 4;

  private final byte[] ascii;
  private final int prefixLength;

  /** Wraps an array, which is not copied and must not change. */
  ApiKey(byte[] ascii, int prefixLength) {
    this.ascii = ascii;
    this.prefixLength = prefixLength;
  }

  /** Returns the secret. Show it once and do not keep it. */
  public String reveal() {
    return text(0, ascii.length);
  }

  /** Returns a hint to tell keys apart, safe to show: the prefix and the last four characters. */
  public String hint() {
    return text(0, prefixLength) + "…" + text(ascii.length - HINT_LENGTH, ascii.length);
  }

  private String text(int from, int to) {
    return new String(ascii, from, to - from, StandardCharsets.US_ASCII);
  }

  /** Returns the bytes, not copied. */
  byte[] ascii() {
    return ascii;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ApiKey key && MessageDigest.isEqual(ascii, key.ascii);
  }

  @Override
  public int hashCode() {
    return ApiKey.class.hashCode(); // constant, as secrets are not used as map keys
  }

  @Override
  public String toString() {
    return "ApiKey[redacted]";
  }
}
