package dev.latchkey.internal.key;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Reuses SHA-256 digests, since a new one allocates more memory than the rest of a request.
 * Thread-locals would not do: they outlive the application in its server's threads, and waste
 * memory with virtual threads.
 *
 * <p>Two measures keep threads out of each other's cache lines (false sharing). A slot is taken by
 * setting a number, not a reference: some collectors record each stored reference in lines that all
 * threads would write to. And a digest is replaced after {@value #MAX_USES} uses: a collector may
 * move it next to another thread's, which doubles the time of both; a new one lies in its own
 * thread's allocation buffer.
 *
 * <p>Thread-safe.
 */
final class Sha256Pool {
  private static final int SLOTS = 64;

  /** Keeps slots apart by two cache lines: processors prefetch lines in pairs. */
  private static final int SPACING = 32;

  /** Enough to make new digests cheap, and few enough to replace most before a collection. */
  private static final int MAX_USES = 256;

  private static final int FREE = 0;
  private static final int TAKEN = 1;

  private final AtomicIntegerArray states;
  private final Sha256[] digests; // each guarded by the state of its slot

  Sha256Pool() {
    this(SLOTS);
  }

  /** Creates a pool of this many digests, a power of two. */
  Sha256Pool(int slots) {
    states = new AtomicIntegerArray((1 + slots) * SPACING);
    digests = new Sha256[slots];
  }

  /**
   * Returns the hash of an array from a position on. Uses the digest of this thread's slot, or a
   * new one while another thread with the same slot uses it.
   */
  KeyHash hash(byte[] ascii, int start) {
    int slot = (int) Thread.currentThread().getId() & (digests.length - 1);
    int state =
        (1 + slot) * SPACING; // skips the line of the array's length, which all threads read
    if (!states.compareAndSet(state, FREE, TAKEN)) {
      return new Sha256().hash(ascii, start);
    }
    KeyHash hash = digest(slot).hash(ascii, start);
    states.setRelease(state, FREE); // not after a failure, which may leave the digest half fed
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

  /** A digest that keeps no input. */
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
      digest.reset(); // or else its buffer holds the secret until the next use
      return KeyHash.of(hash);
    }
  }
}
