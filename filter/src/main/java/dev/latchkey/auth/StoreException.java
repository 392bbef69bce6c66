package dev.latchkey.auth;

import org.jspecify.annotations.Nullable;

/** The store could not answer. It says nothing about the key that was asked for. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what could not be done, and why. The message carries no secret and no key. */
  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
