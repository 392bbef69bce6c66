package dev.latchkey.internal.key;

/**
 * Turns keys into hashes, with one SHA-256: over 256 random bits there is nothing to guess, so
 * nothing to slow down.
 *
 * <p>Thread-safe.
 */
public final class KeyHasher {
  private final Sha256Pool pool = new Sha256Pool();

  /** Returns the hash of a key. */
  public KeyHash hash(ApiKey key) {
    return hash(key.ascii(), 0);
  }

  /** Returns the hash of the key that an array holds from a position on. */
  KeyHash hash(byte[] ascii, int start) {
    return pool.hash(ascii, start);
  }
}
