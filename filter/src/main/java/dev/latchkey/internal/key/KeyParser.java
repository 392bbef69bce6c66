package dev.latchkey.internal.key;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Tells a well-formed key from any other text, by shape and checksum, without I/O: a mistyped or
 * made-up key costs nothing further. Of a well-formed one only the hash is handed on, and nothing
 * is kept of the secret.
 *
 * <p>Thread-safe.
 */
public final class KeyParser {
  private final KeyFormat format;
  private final KeyHasher hasher;
  private final int length;
  private final int prefixLength;

  /** A parser of keys of one format. */
  public KeyParser(KeyFormat format, KeyHasher hasher) {
    this.format = format;
    this.hasher = hasher;
    this.length = format.length();
    this.prefixLength = format.prefix().length();
  }

  /** Returns whether a text holds a key somewhere. Nothing of it is kept. */
  public boolean isKeyIn(String text) {
    String prefix = format.prefix();
    for (int at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at + 1)) {
      if (at + length <= text.length() && hashOf(text.substring(at, at + length), 0) != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * The hash of the key that the rest of a text is, from a position on; null if that has the wrong
   * shape or checksum.
   */
  public @Nullable KeyHash hashOf(String text, int start) {
    if (text.length() - start != length || !text.startsWith(format.prefix(), start)) {
      return null;
    }
    // All of it at once, the quickest way out of a string; what has no byte becomes no digit.
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length == text.length() // no pairs of surrogates
            && Base62.areDigits(bytes, start + prefixLength)
            && format.checksumMatches(bytes, start)
        ? hasher.hash(bytes, start)
        : null;
  }
}
