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

  /** The hash of what may be a key. */
  public KeyHash hash(KeyCandidate candidate) {
    return hash(candidate.bytes(), candidate.start());
  }

  private KeyHash hash(byte[] text, int start) {
    int place = digests.place();
    DigestPool.Sha256 digest = digests.take(place);
    KeyHash hash = digest.hash(text, start);
    digests.giveBack(place, digest);
    return hash;
  }
}
