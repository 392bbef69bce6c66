package dev.latchkey.key;

/**
 * Turns keys into hashes, with one SHA-256: over 256 random bits there is nothing to guess, so
 * nothing to slow down.
 *
 * <p>Thread-safe.
 */
public final class KeyHasher {
  private final DigestPool digests = new DigestPool();

  /** The hash of a key. */
  public KeyHash hash(ApiKey key) {
    return hash(key.ascii(), 0);
  }

  /** The hash of the key that an array holds from a position on. */
  KeyHash hash(byte[] ascii, int start) {
    int place = digests.take();
    KeyHash hash = digests.at(place).hash(ascii, start);
    digests.giveBack(place);
    return hash;
  }
}
