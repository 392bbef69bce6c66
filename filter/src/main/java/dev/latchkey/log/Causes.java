package dev.latchkey.log;

import java.sql.SQLException;

/**
 * Puts the reason of a failure into one line, since operators see lines, and seldom stack traces.
 */
public final class Causes {
  private static final int MAX_DEPTH = 50; // some drivers link causes in a circle

  private Causes() {}

  /** Returns a message, what the failure says, and, at the end, its deepest cause. */
  public static String explain(String message, Throwable failure) {
    String first = oneLine(text(failure, true));
    String last = deepest(failure);
    return message + ": " + first + (first.contains(last) ? "" : ": " + last);
  }

  /** Returns what the deepest cause says, on one line; its class too where that says more. */
  public static String deepest(Throwable failure) {
    Throwable deepest = failure;
    for (int depth = 0; depth < MAX_DEPTH && deepest.getCause() != null; depth++) {
      deepest = deepest.getCause();
    }
    return oneLine(text(deepest, deepest == failure));
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private static String text(Throwable failure, boolean isFirst) {
    String message = failure.getMessage();
    boolean speaksForItself =
        failure instanceof SQLException || (isFirst && failure instanceof RuntimeException);
    return message != null && !message.isBlank() && speaksForItself ? message : failure.toString();
  }
}
