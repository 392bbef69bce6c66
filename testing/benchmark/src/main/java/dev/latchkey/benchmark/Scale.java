package dev.latchkey.benchmark;

/** How large and how long measurements are. */
public enum Scale {
  /** Just long enough to see that everything runs; its figures mean nothing. */
  SMOKE,
  /** What is published. */
  FULL;

  /** One of two values, such as a number of rows. */
  public int of(int smoke, int full) {
    return this == SMOKE ? smoke : full;
  }
}
