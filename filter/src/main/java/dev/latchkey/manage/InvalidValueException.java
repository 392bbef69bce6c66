package dev.latchkey.manage;

/** A value that is not acceptable, and what would be. */
public final class InvalidValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /** Which value, and what is wrong with it, in words that follow the field's name. */
  public InvalidValueException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The name of the value, as the caller wrote it. */
  public String field() {
    return field;
  }
}
