package dev.latchkey.benchmark;

import java.util.List;
import java.util.Map;

/**
 * A figure, with every sample of it.
 *
 * @param suite what it belongs to
 * @param name what was measured
 * @param parameters under what conditions, by their names
 * @param unit of the samples
 * @param samples one each time it was measured
 */
public record Measurement(
    String suite, String name, Map<String, String> parameters, String unit, List<Double> samples) {
  /** The middle one of the samples. */
  public double median() {
    List<Double> sorted = samples.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The least of them. */
  public double min() {
    return samples.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** The greatest. */
  public double max() {
    return samples.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
