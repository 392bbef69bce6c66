package dev.latchkey.key;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Tells what may be a key from any other text, by length and prefix, without I/O: anything else
 * costs nothing further.
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

  /** What the rest of a text, from a position on, is if it may be a key. */
  public Optional<KeyCandidate> parse(String text, int start) {
    if (text.length() - start != length || !text.startsWith(format.prefix(), start)) {
      return Optional.empty();
    }
    // What ISO 8859-1 has not becomes a question mark, which no key has.
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return Optional.of(new KeyCandidate(format, bytes, start));
  }
}
