package dev.latchkey.internal.auth;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.key.KeyParser;
import java.util.function.Supplier;

/**
 * Decides about the text of a key: the parser first, then the authenticator.
 *
 * <p>Thread-safe.
 */
public final class RequestAuthenticator {
  private static final AuthOutcome NO_KEY = new AuthOutcome.NoKey();

  private final KeyParser parser;
  private final CachingAuthenticator authenticator;

  /** Joins the two. */
  public RequestAuthenticator(KeyParser parser, CachingAuthenticator authenticator) {
    this.parser = parser;
    this.authenticator = authenticator;
  }

  /** Returns the counters of outcomes: those of well-formed keys are counted here. */
  public OutcomeCounters outcomes() {
    return authenticator.outcomes();
  }

  /** Returns whether a text is like a key from a position on, but for its checksum. */
  public boolean hasShapeOfKey(String text, int start) {
    return parser.hasShape(text, start);
  }

  /**
   * Decides about a text; if it is a live key, records the use without waiting for the store. What
   * is no key by shape or checksum goes no further than the parser; of the others, only the hash
   * does.
   *
   * @param text ends with what may be a key
   * @param start where that begins
   * @param address tells where the key is used from; called only if that is to be recorded
   */
  public AuthOutcome authenticate(String text, int start, Supplier<String> address) {
    KeyHash hash = parser.hashOf(text, start);
    return hash != null ? authenticator.authenticate(hash, address) : NO_KEY;
  }
}
