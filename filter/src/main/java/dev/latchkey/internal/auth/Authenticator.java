package dev.latchkey.internal.auth;

import dev.latchkey.internal.key.KeyHash;
import java.util.function.Supplier;

/** Decides whether a key is live, and who owns it. Implementations are thread-safe. */
@FunctionalInterface
public interface Authenticator {
  /**
   * Decides on a key now. Blocks for a bounded time at most, and never throws for an outage.
   * Records the use of a key that is granted.
   *
   * @param address returns the caller's address; called only when a use is recorded
   */
  AuthResult authenticate(KeyHash hash, Supplier<String> address);
}
