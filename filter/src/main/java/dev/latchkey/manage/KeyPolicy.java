package dev.latchkey.manage;

import java.util.List;

/**
 * How many keys an owner may have, and for how long. Latchkey implements it; methods may be added.
 *
 * <p>Immutable and thread-safe.
 */
public interface KeyPolicy {
  /** Returns how many keys an owner may have at once. */
  int maxKeysPerUser();

  /** Returns the validity of a key for which none is chosen, in days of 24 hours. */
  int defaultValidityDays();

  /** Returns the scopes that are declared, as this owner may grant them, in their order. */
  List<Scope> scopes();

  /** Returns the longest validity that can be chosen, in days of 24 hours. */
  int maxValidityDays();
}
