package dev.latchkey.benchmark.report;

import dev.latchkey.benchmark.Measurement;

/**
 * A figure as it is told: never without how far it went up and down.
 *
 * @param median of the samples
 * @param min the least
 * @param max the greatest
 */
record Figure(double median, double min, double max) {
  static Figure of(Measurement measurement) {
    return new Figure(measurement.median(), measurement.min(), measurement.max());
  }

  /**
   * How many times the other: the ratio of the medians. It reaches from the least over the other's
   * greatest to the greatest over the other's least, since samples of the two are no pairs.
   */
  Figure over(Figure other) {
    return new Figure(median / other.median, min / other.max, max / other.min);
  }

  String range() {
    return Numbers.text(min) + "–" + Numbers.text(max);
  }

  String text() {
    return Numbers.text(median) + " (" + range() + ")";
  }
}
