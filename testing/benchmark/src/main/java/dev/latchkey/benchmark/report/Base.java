package dev.latchkey.benchmark.report;

import dev.latchkey.benchmark.Measurement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What figures are ratios to, in the same unit and under the same conditions.
 *
 * @param name of a measurement; or {@code least} and a condition, for the same measurement where
 *     that condition is least; or nothing, where figures stand for themselves
 */
record Base(String name) {
  private static final String LEAST = "least ";

  String title() {
    return "× " + name;
  }

  boolean isNone() {
    return name.isEmpty();
  }

  /** Returns the figure or its ratio; there is none of the base itself, nor of a ratio. */
  Optional<Figure> of(Measurement measurement, List<Measurement> all) {
    Figure figure = Figure.of(measurement.samples());
    if (isNone()) {
      return Optional.of(figure);
    }
    return all.stream()
        .filter(other -> isBase(other, measurement))
        .min(Comparator.comparingDouble(this::value))
        .filter(base -> base != measurement && !measurement.unit().startsWith("ratio"))
        .map(base -> figure.over(Figure.of(base.samples())));
  }

  private boolean isBase(Measurement other, Measurement measurement) {
    return other.name().equals(name.startsWith(LEAST) ? measurement.name() : name)
        && other.unit().equals(measurement.unit())
        && rest(other).equals(rest(measurement));
  }

  private String condition() {
    return name.startsWith(LEAST) ? name.substring(LEAST.length()) : "";
  }

  private double value(Measurement measurement) {
    String value = measurement.parameter(condition());
    return value.isEmpty() ? 0 : Double.parseDouble(value);
  }

  private Map<String, String> rest(Measurement measurement) {
    Map<String, String> rest = new HashMap<>(measurement.parameters());
    rest.remove(condition());
    return rest;
  }
}
