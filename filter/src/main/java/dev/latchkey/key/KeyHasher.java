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
    int place = digests.take();
    KeyHash hash = digests.at(place).hash(key);
    digests.giveBack(place);
    return hash;
  }
}
