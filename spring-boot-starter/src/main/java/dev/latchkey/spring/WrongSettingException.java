package dev.latchkey.spring;

/** A setting that stops the start. The message says all in one line. */
final class WrongSettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String origin;

  /**
   * Creates a failure.
   *
   * @param origin where the setting was made; empty if that is not known
   */
  WrongSettingException(String message, String origin) {
    super(message);
    this.origin = origin;
  }

  String origin() {
    return origin;
  }
}
