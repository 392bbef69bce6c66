package dev.latchkey.servlet;

/** What a request offers for authentication, by form alone. */
sealed interface Credential {

  /** Nothing, or something that is not ours, such as {@code Basic}. */
  record Absent() implements Credential {}

  /**
   * Something that cannot be meant.
   *
   * @param why what is wrong, to tell the caller
   */
  record Malformed(String why) implements Credential {}

  /**
   * Something that may be a key.
   *
   * @param text ends with what was sent: a secret, or a mistyped one
   * @param start where that begins
   * @param password whether it is the password of {@code Basic}, which need not be meant for us
   */
  record Presented(String text, int start, boolean password) implements Credential {
    @Override
    public String toString() {
      return "Presented[redacted]";
    }
  }
}
