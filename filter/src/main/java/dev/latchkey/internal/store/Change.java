package dev.latchkey.internal.store;

import dev.latchkey.internal.key.KeyHash;
import java.time.Instant;

/**
 * Tells that the answer for a hash may be another since an instant.
 *
 * @param at by the store's own clock
 * @param hash of which key
 */
public record Change(Instant at, KeyHash hash) {
  private static final KeyHash LEAST = KeyHash.of(new byte[KeyHash.LENGTH]);

  /** A place in the order of changes: before all of an instant or later. */
  public static Change startOf(Instant at) {
    return new Change(at, LEAST);
  }
}
