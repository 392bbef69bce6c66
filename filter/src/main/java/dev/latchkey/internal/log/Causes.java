package dev.latchkey.internal.log;

import java.sql.SQLException;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Puts the reason of a failure into one line, since operators see lines, and seldom stack traces.
 */
public final class Causes {
  private static final int MAX_DEPTH = 50; // some drivers link causes in a circle

  private static final Pattern CLOSED =
      Pattern.compile(
          "closed connection|connection is (already )?closed", Pattern.CASE_INSENSITIVE);

  private Causes() {}

  /** Returns a message, what the failure says, and, at the end, its deepest cause. */
  public static String explain(String message, Throwable failure) {
    String first = oneLine(text(failure, true));
    String last = deepest(failure);
    return message + ": " + first + (first.contains(last) ? "" : ": " + last);
  }

  /**
   * Returns what the deepest cause says, on one line; its class too where that says more. That a
   * connection is closed already is what follows from a failure, and no cause of one.
   */
  public static String deepest(Throwable failure) {
    Throwable deepest = failure;
    for (Throwable next : chain(failure).toList()) {
      if (!(deepest instanceof SQLException && saysOnlyThatItIsClosed(next))) {
        deepest = next;
      }
    }
    return oneLine(text(deepest, deepest == failure));
  }

  private static boolean saysOnlyThatItIsClosed(Throwable failure) {
    return failure.getMessage() != null && CLOSED.matcher(failure.getMessage()).find();
  }

  /** Returns a failure and its causes, to the deepest. */
  public static Stream<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_DEPTH);
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
