package dev.latchkey.internal.auth;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A look-up that all requests for it wait for (single-flight).
 *
 * @param <K> what is looked up: the hash of a key, or an owner
 * @param <V> what is cached of it
 */
final class PendingLookup<K, V> extends CompletableFuture<PendingLookup.Answer<V>> {
  private final long begunAtNanos = System.nanoTime();
  private final K key;

  /**
   * The result of the look-up.
   *
   * @param found what is cached now; empty if there is none
   * @param invalidated whether it changed meanwhile: ignore {@code found} then, and look it up
   *     again
   */
  record Answer<V>(Optional<V> found, boolean invalidated) {}

  PendingLookup(K key) {
    this.key = key;
  }

  /** Returns what is looked up. */
  K key() {
    return key;
  }

  /** Returns whether the look-up began longer ago. */
  boolean isOlderThan(long nanos) {
    return System.nanoTime() - begunAtNanos > nanos;
  }
}
