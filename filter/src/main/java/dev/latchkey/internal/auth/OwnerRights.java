package dev.latchkey.internal.auth;

import java.util.Set;

/**
 * Tells what the application says of an owner.
 *
 * @param mayUseKeys whether the owner's keys count; those of a service count anyway
 * @param roles the owner's roles; immutable
 */
record OwnerRights(boolean mayUseKeys, Set<String> roles) {
  /** The rights of owners whom nobody is asked about. */
  static final OwnerRights NOT_ASKED = new OwnerRights(true, Set.of());
}
