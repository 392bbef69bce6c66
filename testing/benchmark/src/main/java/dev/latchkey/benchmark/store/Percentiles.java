package dev.latchkey.benchmark.store;

import dev.latchkey.benchmark.Samples;
import java.util.Arrays;

/** Tells what most of many measurements stay below. */
final class Percentiles {
  private Percentiles() {}

  /** Adds the median and the 99th percentile of times in milliseconds. */
  static void add(Samples samples, String name, double[] millis) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    samples.add(name, "ms p50", at(sorted, 0.5));
    samples.add(name, "ms p99", at(sorted, 0.99));
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * sorted.length))];
  }
}
