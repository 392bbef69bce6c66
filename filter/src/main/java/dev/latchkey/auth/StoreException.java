package dev.latchkey.auth;

import org.jspecify.annotations.Nullable;

/** The store could not answer. It says nothing about the key that was asked for. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean outcomeUnknown;

  /**
   * Says what could not be done, and why: nothing was done. The message carries no secret and no
   * key.
   */
  public StoreException(String message, @Nullable Throwable cause) {
    this(message, cause, false);
  }

  /**
   * Says what could not be done, and why. The message carries no secret and no key.
   *
   * @param outcomeUnknown see {@link #isOutcomeUnknown}
   */
  public StoreException(String message, @Nullable Throwable cause, boolean outcomeUnknown) {
    super(message, cause);
    this.outcomeUnknown = outcomeUnknown;
  }

  /**
   * Returns true if a change may have been made although the store did not acknowledge it, as when
   * the connection was lost at the commit. Returns false if nothing was done.
   */
  public boolean isOutcomeUnknown() {
    return outcomeUnknown;
  }
}
