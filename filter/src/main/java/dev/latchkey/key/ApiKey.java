package dev.latchkey.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The secret text of an API key: well-formed, not necessarily known to any store.
 *
 * <p>Immutable and thread-safe. It never prints itself, and it compares in constant time; the way
 * out is {@link #reveal()}, for the one time a new key is shown to its owner.
 */
public final class ApiKey {
  private static final int HINT_LENGTH = 4;

  private final byte[] ascii;
  private final int prefixLength;

  ApiKey(byte[] ascii, int prefixLength) {
    this.ascii = ascii;
    this.prefixLength = prefixLength;
  }

  /** The secret itself. Whoever calls this shows it once and forgets it. */
  public String reveal() {
    return new String(ascii, StandardCharsets.US_ASCII);
  }

  /** What may be shown ever after, to tell keys apart: the prefix and the last four characters. */
  public String hint() {
    return new String(ascii, 0, prefixLength, StandardCharsets.US_ASCII)
        + "…"
        + new String(ascii, ascii.length - HINT_LENGTH, HINT_LENGTH, StandardCharsets.US_ASCII);
  }

  /** Not a copy: for the hasher beside it, which only reads. */
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
