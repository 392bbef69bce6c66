package dev.latchkey.benchmark.report;

/**
 * How far a figure may go.
 *
 * @param kind in which direction
 * @param value how far
 */
record Bound(Kind kind, double value) {
  /** Directions. */
  enum Kind {
    AT_MOST("≤ "),
    BELOW("< "),
    AT_LEAST("≥ "),
    /** It is told, and nothing was promised. */
    NONE("");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }
  }

  static Bound atMost(double value) {
    return new Bound(Kind.AT_MOST, value);
  }

  static Bound below(double value) {
    return new Bound(Kind.BELOW, value);
  }

  static Bound atLeast(double value) {
    return new Bound(Kind.AT_LEAST, value);
  }

  static Bound none() {
    return new Bound(Kind.NONE, 0);
  }

  boolean holds(double figure) {
    return switch (kind) {
      case AT_MOST -> figure <= value;
      case BELOW -> figure < value;
      case AT_LEAST -> figure >= value;
      case NONE -> true;
    };
  }

  /** The greater, the nearer to the bound or the farther beyond. */
  double badness(double figure) {
    return kind == Kind.AT_LEAST ? -figure : figure;
  }

  boolean isNone() {
    return kind == Kind.NONE;
  }

  String text() {
    return isNone() ? "told" : kind.sign + Numbers.text(value);
  }
}
