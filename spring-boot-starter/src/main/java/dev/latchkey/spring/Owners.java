package dev.latchkey.spring;

import dev.latchkey.auth.StoreException;

/** Tells what holds of the owner of a key now, at most {@code ownerTtl} ago. */
@FunctionalInterface
interface Owners {
  /**
   * Returns what holds of an owner.
   *
   * @throws StoreException if nobody can tell
   */
  Owner of(String owner);
}
