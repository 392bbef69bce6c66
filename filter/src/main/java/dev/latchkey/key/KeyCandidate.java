package dev.latchkey.key;

/**
 * A text of the length of a key and with its prefix. Whether it is one, its checksum tells; or that
 * its hash is a known key's, which no other text has.
 *
 * <p>Immutable and thread-safe. It never prints itself.
 */
public final class KeyCandidate {
  private final KeyFormat format;
  private final byte[] bytes;
  private final int start;

  KeyCandidate(KeyFormat format, byte[] bytes, int start) {
    this.format = format;
    this.bytes = bytes;
    this.start = start;
  }

  /** Whether its digits are those of a key, and match its checksum. */
  public boolean isWellFormed() {
    return format.isWellFormed(bytes, start);
  }

  /** Not a copy: for the hasher beside it, which only reads. */
  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  @Override
  public String toString() {
    return "KeyCandidate[redacted]";
  }
}
