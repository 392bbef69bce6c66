package dev.latchkey.faults;

import java.time.Duration;
import java.util.List;

/** Prints what was measured, as lines that can be found in a log. */
final class Figures {
  private Figures() {}

  static void print(String what, Object figure) {
    System.out.println("[figure] " + what + ": " + figure);
  }

  /** Prints a distribution. */
  static void print(String what, List<Duration> durations) {
    List<Long> millis = durations.stream().map(Duration::toMillis).sorted().toList();
    print(
        what,
        "n=%d min=%d p50=%d p90=%d p99=%d max=%d ms"
            .formatted(
                millis.size(),
                millis.get(0),
                at(millis, 50),
                at(millis, 90),
                at(millis, 99),
                millis.get(millis.size() - 1)));
  }

  private static long at(List<Long> sorted, int percent) {
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }
}
