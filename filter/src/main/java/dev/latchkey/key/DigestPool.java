package dev.latchkey.key;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Digests to be used again, since to make one costs more memory than all else that a request needs.
 * Not in thread-locals: these outlive an application in its server's threads, and serve virtual
 * threads badly.
 *
 * <p>Thread-safe. What is taken is its taker's alone.
 */
final class DigestPool {
  private static final int PLACES = 64;

  /** So that neighbours do not share a cache line. */
  private static final int SPACING = 16;

  private final AtomicReferenceArray<Sha256> places = new AtomicReferenceArray<>(PLACES * SPACING);

  /** A place that hardly another thread uses at the moment. */
  int place() {
    return ((int) Thread.currentThread().getId() & (PLACES - 1)) * SPACING;
  }

  /** What is at a place, or a new one. */
  Sha256 take(int place) {
    Sha256 free = places.getAndSet(place, null);
    return free == null ? new Sha256() : free;
  }

  void giveBack(int place, Sha256 digest) {
    places.setRelease(place, digest);
  }

  /** A digest that keeps nothing of what it has hashed. */
  static final class Sha256 {
    private final MessageDigest digest;
    private final byte[] hash = new byte[KeyHash.LENGTH];

    private Sha256() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    KeyHash hash(byte[] text) {
      digest.update(text);
      try {
        digest.digest(hash, 0, hash.length);
      } catch (DigestException e) {
        throw new IllegalStateException("a SHA-256 has 32 bytes", e);
      }
      digest.reset(); // else its buffer would hold the secret until the next one comes
      return KeyHash.of(hash);
    }
  }
}
