package dev.latchkey.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The secret text of an API key: well-formed, not necessarily known to any store.
 *
 * <p>Immutable and thread-safe. It never prints itself, and it compares in constant time; the way
 * out is {@link #reveal()}, for the one time a new key is shown to its owner.
 */
public final class ApiKey {
  private static final int HINT_LENGTH = 4;

  private final byte[] ascii;
  private final int start;
  private final int prefixLength;

  /** What an array holds from a position on. It is not copied, and must not change. */
  ApiKey(byte[] ascii, int start, int prefixLength) {
    this.ascii = ascii;
    this.start = start;
    this.prefixLength = prefixLength;
  }

  /** The secret itself. Whoever calls this shows it once and forgets it. */
  public String reveal() {
    return text(start, ascii.length);
  }

  /** What may be shown ever after, to tell keys apart: the prefix and the last four characters. */
  public String hint() {
    return text(start, start + prefixLength) + "…" + text(ascii.length - HINT_LENGTH, ascii.length);
  }

  private String text(int from, int to) {
    return new String(ascii, from, to - from, StandardCharsets.US_ASCII);
  }

  void update(MessageDigest digest) {
    digest.update(ascii, start, ascii.length - start);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ApiKey key && MessageDigest.isEqual(bytes(), key.bytes());
  }

  private byte[] bytes() {
    return Arrays.copyOfRange(ascii, start, ascii.length);
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
