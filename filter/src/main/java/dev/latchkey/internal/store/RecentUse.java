package dev.latchkey.internal.store;

import dev.latchkey.internal.key.KeyHash;
import java.time.Instant;

/**
 * Tells that a key was last used at an instant.
 *
 * @param at when, as far as it was written
 * @param hash of which key
 */
public record RecentUse(Instant at, KeyHash hash) {
  private static final KeyHash LEAST = KeyHash.of(new byte[KeyHash.LENGTH]);

  /** A place in the order of uses: after all of them up to an instant, the instant left out. */
  public static RecentUse before(Instant at) {
    return new RecentUse(at, LEAST);
  }
}
