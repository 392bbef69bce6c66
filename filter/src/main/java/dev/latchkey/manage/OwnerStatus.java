package dev.latchkey.manage;

/**
 * What is kept of an owner. Latchkey implements it; methods may be added.
 *
 * <p>Immutable and thread-safe.
 */
public interface OwnerStatus {
  /** Returns the owner's name. */
  String owner();

  /** Returns whether no key of the owner counts. */
  boolean isDisabled();

  /** Returns whether the application need not know the owner. */
  boolean isService();

  /** Returns how many keys the owner has, those in their grace period included. */
  int keys();
}
