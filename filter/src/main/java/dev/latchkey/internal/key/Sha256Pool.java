package dev.latchkey.internal.key;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Reuses SHA-256 digests, since a new one costs more memory than all else that a request needs. Not
 * in thread-locals: these outlive an application in its server's threads, and serve virtual threads
 * badly.
 *
 * <p>Two things keep threads out of each other's cache lines. A digest is taken by a number, not by
 * reference: some collectors record each reference that is stored, in lines that all threads would
 * write to. And a digest is replaced after {@value #MAX_USES} uses: where a collector has moved it,
 * it lies beside those of others, and both threads take twice as long; a new one lies where its own
 * thread allocates.
 *
 * <p>Thread-safe.
 */
final class Sha256Pool {
  private static final int SLOTS = 64;

  /** Keeps neighbours apart by a cache line, and by the one that is prefetched along with it. */
  private static final int SPACING = 32;

  /** So many that new ones cost next to nothing, and so few that they come before a collection. */
  private static final int MAX_USES = 256;

  private static final int FREE = 0;
  private static final int TAKEN = 1;

  private final AtomicIntegerArray states;
  private final Sha256[] digests; // each guarded by the state of its slot

  Sha256Pool() {
    this(SLOTS);
  }

  /** Creates a pool of so many digests, a power of two. */
  Sha256Pool(int slots) {
    states = new AtomicIntegerArray((1 + slots) * SPACING);
    digests = new Sha256[slots];
  }

  /**
   * Returns the hash of what an array holds from a position on. It uses the digest of a slot that
   * hardly another thread wants at the moment, and a new one if another thread has it.
   */
  KeyHash hash(byte[] ascii, int start) {
    int slot = (int) Thread.currentThread().getId() & (digests.length - 1);
    int state = (1 + slot) * SPACING; // the first line holds the length, which all threads read
    if (!states.compareAndSet(state, FREE, TAKEN)) {
      return new Sha256().hash(ascii, start);
    }
    KeyHash hash = digest(slot).hash(ascii, start);
    states.setRelease(state, FREE); // not after a failure: the digest may then be half used
    return hash;
  }

  private Sha256 digest(int slot) {
    Sha256 digest = digests[slot];
    if (digest == null || digest.uses == MAX_USES) {
      digest = new Sha256();
      digests[slot] = digest;
    }
    digest.uses++;
    return digest;
  }

  /** A digest that keeps nothing of what it has hashed. */
  private static final class Sha256 {
    private int uses;
    private final MessageDigest digest;
    private final byte[] hash = new byte[KeyHash.LENGTH];

    private Sha256() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    private KeyHash hash(byte[] ascii, int start) {
      digest.update(ascii, start, ascii.length - start);
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
