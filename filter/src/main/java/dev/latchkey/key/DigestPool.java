package dev.latchkey.key;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Digests to be used again, since to make one costs more memory than all else that a request needs.
 * Not in thread-locals: these outlive an application in its server's threads, and serve virtual
 * threads badly.
 *
 * <p>Two things keep threads out of each other's cache lines. What is taken is told by numbers:
 * some collectors are told of each reference that is stored, in lines that all threads would write
 * to. And no digest is used for long: where a collector has moved it, it lies beside those of
 * others, and both threads take twice as long; a new one lies where its own thread makes objects.
 *
 * <p>Thread-safe. What is taken is its taker's alone.
 */
final class DigestPool {
  private static final int PLACES = 64;

  /** So that neighbours do not share a cache line, nor the one that is fetched along with it. */
  private static final int SPACING = 32;

  /** So many that new ones cost next to nothing, and so few that they come before a collection. */
  private static final int MOST_USES = 256;

  private static final int FREE = 0;
  private static final int TAKEN = 1;

  /** What is taken if somebody else has the place: a new one. */
  private static final int NONE = -1;

  private final AtomicIntegerArray states = new AtomicIntegerArray((1 + PLACES) * SPACING);
  private final Sha256[] digests = new Sha256[PLACES]; // each its place's taker's

  /** Takes a place that hardly another thread wants at the moment. */
  int take() {
    int place = (int) Thread.currentThread().getId() & (PLACES - 1);
    return states.compareAndSet(state(place), FREE, TAKEN) ? place : NONE;
  }

  /** The first line holds the length, which everybody reads. */
  private static int state(int place) {
    return (1 + place) * SPACING;
  }

  /** The digest of who took this. */
  Sha256 at(int place) {
    if (place == NONE) {
      return new Sha256();
    }
    Sha256 present = digests[place];
    if (present == null || present.uses == MOST_USES) {
      present = new Sha256();
      digests[place] = present;
    }
    present.uses++;
    return present;
  }

  /** To be called by who took this, when done. */
  void giveBack(int place) {
    if (place != NONE) {
      states.setRelease(state(place), FREE);
    }
  }

  /** A digest that keeps nothing of what it has hashed. */
  static final class Sha256 {
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

    KeyHash hash(byte[] ascii, int start) {
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
