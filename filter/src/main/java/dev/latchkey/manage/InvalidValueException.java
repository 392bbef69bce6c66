package dev.latchkey.manage;

/** A value that is not acceptable, and what would be. */
public final class InvalidValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * Says what is wrong.
   *
   * @param field the name of the value
   * @param message what is wrong, in words that follow the name
   */
  public InvalidValueException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** Returns the name of the value. */
  public String field() {
    return field;
  }
}
