package dev.latchkey.benchmark.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** A median with the least and the greatest of the samples: a figure is never told without. */
record Figure(double median, double min, double max) {
  private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_UP);
  private static final double WHOLE = 100;

  static Figure of(List<Double> samples) {
    List<Double> sorted = samples.stream().sorted().toList();
    int last = sorted.size() - 1;
    double median = (sorted.get(last / 2) + sorted.get((last + 1) / 2)) / 2;
    return new Figure(median, sorted.get(0), sorted.get(last));
  }

  /**
   * Returns the ratio of the medians. Its range goes from the least over the other's greatest to
   * the greatest over the other's least, since samples of the two are no pairs.
   */
  Figure over(Figure other) {
    return new Figure(median / other.median, min / other.max, max / other.min);
  }

  String range() {
    return number(min) + "–" + number(max);
  }

  String text() {
    return number(median) + " (" + range() + ")";
  }

  /** Returns a number with the digits that mean something: three, or all of a whole number. */
  static String number(double value) {
    if (Math.abs(value) >= WHOLE) {
      return String.format(Locale.ROOT, "%,d", Math.round(value)).replace(',', ' ');
    }
    BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
