package dev.latchkey.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Turns keys into hashes, with one SHA-256: over 256 random bits there is nothing to guess, so
 * nothing to slow down.
 *
 * <p>Thread-safe.
 */
public final class KeyHasher {
  /** The hash of a key. */
  public KeyHash hash(ApiKey key) {
    return KeyHash.of(sha256().digest(key.ascii()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
