package dev.latchkey.benchmark.report;

import java.util.Map;
import java.util.Optional;

/** Which suites have something to compare with, and what that is. */
final class Bases {
  private static final String RATIO = "ratio";
  private static final Map<String, Base> OF_SUITES =
      Map.of(
          "hot-path", Base.named("limit"),
          "refusals", Base.named("accepted"),
          "burst", Base.named("one query a key"),
          "rows", Base.least("rows"),
          "restart", Base.least("warmUp"));

  private Bases() {}

  static Optional<Base> of(String suite) {
    return Optional.ofNullable(OF_SUITES.get(suite));
  }

  /** What is a ratio is not put in relation once more. */
  static boolean applyTo(String unit) {
    return !unit.startsWith(RATIO);
  }
}
