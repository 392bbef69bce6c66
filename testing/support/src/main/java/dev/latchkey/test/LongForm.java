package dev.latchkey.test;

/** Tells how often a test repeats what proves its promise the better the more often it holds. */
public final class LongForm {
  private LongForm() {}

  /** Returns true where {@code CI=true}, for a build that has the time. */
  public static boolean isChosen() {
    return "true".equals(System.getenv("CI"));
  }

  /** Returns the first in the long form, else the second. */
  public static int choose(int atLength, int inShort) {
    return isChosen() ? atLength : inShort;
  }
}
