package dev.latchkey.internal.auth;

import dev.latchkey.internal.key.KeyHash;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The answer to come for one hash, shared by all who wait for it (single-flight). */
final class PendingLookup extends CompletableFuture<PendingLookup.Answer> {
  private final KeyHash hash;

  /**
   * What the store says of the hash.
   *
   * @param found the key that is cached now; empty if there is none
   * @param invalidated true if the key changed meanwhile: then the rest means nothing, and the
   *     look-up must be made again
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
