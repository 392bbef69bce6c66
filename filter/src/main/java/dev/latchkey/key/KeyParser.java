package dev.latchkey.key;

import java.nio.charset.StandardCharsets;
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
  private final int prefixLength;

  /** A parser of keys of one format. */
  public KeyParser(KeyFormat format) {
    this.format = format;
    this.length = format.length();
    this.prefixLength = format.prefix().length();
  }

  /**
   * The key that the rest of a text is, from a position on, or empty if it has the wrong shape or
   * checksum.
   */
  public Optional<ApiKey> parse(String text, int start) {
    if (text.length() - start != length || !text.startsWith(format.prefix(), start)) {
      return Optional.empty();
    }
    // All of it at once, the quickest way out of a string; what has no byte becomes no digit.
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length == text.length() // no pairs of surrogates
            && Base62.areDigits(bytes, start + prefixLength)
            && format.checksumMatches(bytes, start)
        ? Optional.of(new ApiKey(bytes, start, prefixLength))
        : Optional.empty();
  }
}
