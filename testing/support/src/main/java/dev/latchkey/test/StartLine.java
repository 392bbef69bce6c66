package dev.latchkey.test;

/**
 * The one line that Latchkey logs at its start, with the settings that differ from the defaults.
 */
public final class StartLine {
  private StartLine() {}

  /** Returns a log without it. */
  public static String without(String log) {
    return log.replaceFirst(
        "(?m)^.* INFO dev\\.latchkey\\.ApiKeys - Latchkey: started, .*(\\R|$)", "");
  }
}
