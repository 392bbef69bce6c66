package dev.latchkey.internal.auth;

import dev.latchkey.internal.key.KeyHash;
import java.util.function.Supplier;

/** Decides for whom, if anyone, a key speaks. Implementations are thread-safe. */
@FunctionalInterface
public interface Authenticator {
  /**
   * The decision as of now. It blocks for a bounded time at most, and never throws for an outage.
   * If the key is granted, that is noted as its use.
   *
   * @param address tells where the key is used from; asked only if that is to be noted
   */
  AuthResult authenticate(KeyHash hash, Supplier<String> address);
}
