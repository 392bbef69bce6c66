package dev.latchkey.internal.auth;

import dev.latchkey.internal.key.KeyHash;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A look-up of one hash that all requests for it wait for (single-flight). */
final class PendingLookup extends CompletableFuture<PendingLookup.Answer> {
  private final KeyHash hash;

  /**
   * The result of the look-up.
   *
   * @param found the key that is cached now; empty if there is none
   * @param invalidated whether the key changed meanwhile: ignore {@code found} then, and look the
   *     key up again
   */
  record Answer(Optional<CachedKey> found, boolean invalidated) {
    static final Answer INVALIDATED = new Answer(Optional.empty(), true);
  }

  PendingLookup(KeyHash hash) {
    this.hash = hash;
  }

  KeyHash hash() {
    return hash;
  }
}
