package dev.latchkey.internal.key;

import dev.latchkey.manage.KeySecret;
import java.nio.charset.StandardCharsets;

/**
 * Turns keys into hashes, with one SHA-256: over 256 random bits there is nothing to guess, so
 * nothing to slow down.
 *
 * <p>Thread-safe.
 */
public final class KeyHasher {
  private final Sha256Pool pool = new Sha256Pool();

  /** Returns the hash of a key. */
  public KeyHash hash(KeySecret key) {
    return hash(key.reveal().getBytes(StandardCharsets.US_ASCII), 0);
  }

  /** Returns the hash of the key that an array holds from a position on. */
  KeyHash hash(byte[] ascii, int start) {
    return pool.hash(ascii, start);
  }
}
