package dev.latchkey.internal.auth;

/**
 * An answer about an owner.
 *
 * @param rights what the application said
 * @param askedAtNanos when it was asked; the answer may be as old as this
 * @param outdated whether something of the owner changed since: it is asked again before the answer
 *     is used, unless it does not answer
 */
record CachedOwner(OwnerRights rights, long askedAtNanos, boolean outdated) {
  CachedOwner(OwnerRights rights, long askedAtNanos) {
    this(rights, askedAtNanos, false);
  }

  CachedOwner asOutdated() {
    return new CachedOwner(rights, askedAtNanos, true);
  }

  /** Returns whether the owner's keys count. */
  boolean grants(CachedKey key) {
    return rights.mayUseKeys() || key.ownerIsService();
  }
}
