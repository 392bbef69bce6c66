package dev.latchkey.internal.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The secret text of a new API key.
 *
 * <p>Immutable and thread-safe. It never prints itself, and it compares in constant time; the way
 * out is {@link #reveal()}, for the one time a new key is shown to its owner.
 */
public final class ApiKey {
  private static final int HINT_LENGTH = 4;

  private final byte[] ascii;
  private final int prefixLength;

  /** What an array holds. It is not copied, and must not change. */
  ApiKey(byte[] ascii, int prefixLength) {
    this.ascii = ascii;
    this.prefixLength = prefixLength;
  }

  /** The secret itself. Whoever calls this shows it once and forgets it. */
  public String reveal() {
    return text(0, ascii.length);
  }

  /** What may be shown ever after, to tell keys apart: the prefix and the last four characters. */
  public String hint() {
    return text(0, prefixLength) + "…" + text(ascii.length - HINT_LENGTH, ascii.length);
  }

  private String text(int from, int to) {
    return new String(ascii, from, to - from, StandardCharsets.US_ASCII);
  }

  /** Its bytes, not copied. */
  byte[] ascii() {
    return ascii;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ApiKey key && MessageDigest.isEqual(ascii, key.ascii);
  }

  @Override
  public int hashCode() {
    return ApiKey.class.hashCode(); // a secret is no map key: its hash is
  }

  @Override
  public String toString() {
    return "ApiKey[redacted]";
  }
}
