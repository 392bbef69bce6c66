package dev.latchkey.internal.key;

import dev.latchkey.manage.KeySecret;
import java.nio.charset.StandardCharsets;

/**
 * Hashes keys with one SHA-256. A slow hash would protect guessable passwords; nobody can guess 256
 * random bits.
 *
 * <p>Thread-safe.
 */
public final class KeyHasher {
  private final Sha256Pool pool = new Sha256Pool();

  /** Returns the hash of a key. */
  public KeyHash hash(KeySecret key) {
    return hash(key.reveal().getBytes(StandardCharsets.US_ASCII), 0);
  }

  /** Returns the hash of the key that starts at a position of an array. */
  KeyHash hash(byte[] ascii, int start) {
    return pool.hash(ascii, start);
  }
}
