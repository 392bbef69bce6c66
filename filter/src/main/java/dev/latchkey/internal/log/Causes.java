package dev.latchkey.internal.log;

import java.sql.SQLException;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Explains a failure in one line, since operators read lines and rarely stack traces. Stateless.
 */
public final class Causes {
  private static final int MAX_DEPTH = 50; // some drivers build circular causes

  private static final Pattern CLOSED =
      Pattern.compile(
          "closed connection|connection (is|has been) (already )?closed", Pattern.CASE_INSENSITIVE);

  private Causes() {}

  /** Returns a message, the failure's own message, and last its deepest cause. */
  public static String explain(String message, Throwable failure) {
    String first = oneLine(text(failure, true));
    String last = deepest(failure);
    return message + ": " + first + (first.contains(last) ? "" : ": " + last);
  }

  /**
   * Returns the message of the deepest cause, on one line, with its class where that adds
   * something. Skips "connection is closed": that follows from a failure and does not explain it.
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

  /** Returns a failure and its causes; the deepest comes last. */
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
