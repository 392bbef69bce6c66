package dev.latchkey.internal.key;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Recognises well-formed keys by shape and checksum, without I/O, so that a mistyped or made-up key
 * never reaches the store. Returns only the hash, and keeps nothing of the secret.
 *
 * <p>Thread-safe.
 */
public final class KeyParser {
  private final KeyFormat format;
  private final KeyHasher hasher;
  private final int length;
  private final int prefixLength;

  /** Creates a parser of keys of one format. */
  public KeyParser(KeyFormat format, KeyHasher hasher) {
    this.format = format;
    this.hasher = hasher;
    this.length = format.length();
    this.prefixLength = format.prefix().length();
  }

  /** Returns whether a text contains a well-formed key. */
  public boolean isKeyIn(String text) {
    String prefix = format.prefix();
    for (int at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at + 1)) {
      if (at + length <= text.length() && hashOf(text.substring(at, at + length), 0) != null) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a text is like a key from a position on, but for its checksum. */
  public boolean hasShape(String text, int start) {
    return digits(text, start) != null;
  }

  /**
   * Returns the hash of the key that the text is from a position on; null if its shape or checksum
   * is wrong.
   */
  public @Nullable KeyHash hashOf(String text, int start) {
    byte[] bytes = digits(text, start);
    return bytes != null && format.checksumMatches(bytes, start) ? hasher.hash(bytes, start) : null;
  }

  /** Returns the characters of a text that is a prefix and as many digits as a key has, or null. */
  private byte @Nullable [] digits(String text, int start) {
    if (text.length() - start != length || !text.startsWith(format.prefix(), start)) {
      return null;
    }
    // The fastest way to read a string. Characters outside Latin-1 become "?", which is no digit.
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length == text.length() // a surrogate pair becomes one byte
            && Base62.areDigits(bytes, start + prefixLength)
        ? bytes
        : null;
  }
}
