package dev.latchkey.log;

import java.sql.SQLException;

/**
 * Puts the reason of a failure into one line, since operators see lines, and seldom stack traces.
 */
public final class Causes {
  private static final int MAX_DEPTH = 50; // some drivers link causes in a circle

  private Causes() {}

  /** Returns a message that ends with the deepest cause of a failure. */
  public static String explain(String message, Throwable failure) {
    return message + ": " + deepest(failure);
  }

  /** Returns what the deepest cause says, on one line; its class too where that says more. */
  public static String deepest(Throwable failure) {
    Throwable deepest = failure;
    for (int depth = 0; depth < MAX_DEPTH && deepest.getCause() != null; depth++) {
      deepest = deepest.getCause();
    }
    return text(deepest, deepest == failure).strip().replaceAll("\\s+", " ");
  }

  private static String text(Throwable deepest, boolean isAlone) {
    String message = deepest.getMessage();
    boolean speaksForItself =
        deepest instanceof SQLException || (isAlone && deepest instanceof RuntimeException);
    return message != null && !message.isBlank() && speaksForItself ? message : deepest.toString();
  }
}
