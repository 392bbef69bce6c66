package dev.latchkey.key;

import java.util.Optional;

/**
 * Tells a well-formed key from any other text, by shape and checksum, without I/O: a mistyped or
 * made-up key costs nothing further.
 *
 * <p>Thread-safe.
 */
public final class KeyParser {
  private final KeyFormat format;
  private final int length;

  /** A parser of keys of one format. */
  public KeyParser(KeyFormat format) {
    this.format = format;
    this.length = format.length();
  }

  /** The key that the text is, or empty if it has the wrong shape or checksum. */
  public Optional<ApiKey> parse(String text) {
    if (text.length() != length || !text.startsWith(format.prefix())) {
      return Optional.empty();
    }
    byte[] ascii = format.blank();
    for (int i = format.prefix().length(); i < length; i++) {
      char c = text.charAt(i);
      if (!Base62.isDigit(c)) {
        return Optional.empty();
      }
      ascii[i] = (byte) c;
    }
    return format.checksumMatches(ascii)
        ? Optional.of(new ApiKey(ascii, format.prefix().length()))
        : Optional.empty();
  }
}
