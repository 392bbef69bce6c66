package dev.latchkey.benchmark.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers with as many digits as mean something: three, and whole ones above. */
final class Numbers {
  private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_UP);
  private static final double WHOLE = 100;

  private Numbers() {}

  static String text(double value) {
    if (Math.abs(value) >= WHOLE) {
      return String.format(Locale.ROOT, "%,d", Math.round(value)).replace(',', ' ');
    }
    BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
