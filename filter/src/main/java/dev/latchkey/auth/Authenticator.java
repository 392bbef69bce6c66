package dev.latchkey.auth;

import dev.latchkey.key.KeyHash;

/** Decides for whom, if anyone, a key speaks. Implementations are thread-safe. */
@FunctionalInterface
public interface Authenticator {
  /**
   * The decision as of now. It blocks for a bounded time at most, and never throws for an outage.
   */
  AuthResult authenticate(KeyHash hash);
}
