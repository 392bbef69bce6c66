package dev.latchkey.manage;

/** The state of the owner's keys, or of their login, does not allow what was asked for. */
public final class KeyOperationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why the operation is rejected. More may come. */
  public enum Reason {
    /** The owner has no such key. */
    NO_SUCH_KEY,
    /** The owner has as many keys as the policy allows. */
    KEY_LIMIT_REACHED,
    /** The owner has as many keys as the policy allows, and one of them has expired. */
    EXPIRED_KEY_EXISTS,
    /** An expired key's expiry cannot be changed. */
    KEY_EXPIRED,
    /** The login's session sets the expiry; it cannot be chosen. */
    EXPIRY_SET_BY_SESSION,
    /** The login's session, which would set the expiry, has ended. */
    SESSION_ENDED,
    /** The owner is disabled, so a new key would not count. */
    OWNER_DISABLED,
    /** The key would get more rights, or a longer life. */
    WIDER_THAN_BEFORE
  }

  private final Reason reason;

  /** Says why. */
  public KeyOperationException(Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  /** Returns why. */
  public Reason reason() {
    return reason;
  }
}
