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
  Measurement of(List<Double> others) {
    return new Measurement(suite, name, parameters, unit, others);
  }

  /** Returns a condition, or nothing. */
  public String parameter(String condition) {
    return parameters.getOrDefault(condition, "");
  }
}
