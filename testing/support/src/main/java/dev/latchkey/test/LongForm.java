package dev.latchkey.test;

/** Tells how often a test repeats what proves its promise the better the more often it holds. */
public final class LongForm {
  private LongForm() {}

  /** Returns the first where {@code CI=true}, for a build that has the time; else the second. */
  public static int choose(int atLength, int inShort) {
    return "true".equals(System.getenv("CI")) ? atLength : inShort;
  }
}
