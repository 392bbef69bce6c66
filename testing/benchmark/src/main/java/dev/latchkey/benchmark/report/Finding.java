package dev.latchkey.benchmark.report;

import dev.latchkey.benchmark.Measurement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came out for a goal under certain conditions.
 *
 * @param measurement what was measured
 * @param figure what is judged
 */
record Finding(Measurement measurement, Figure figure) {
  /** What tells it from the others. */
  String where(List<Finding> others) {
    Stream<String> name =
        others.stream().map(other -> other.measurement().name()).distinct().count() > 1
            ? Stream.of(measurement.name())
            : Stream.of();
    Stream<String> conditions =
        Parameters.keys(others.stream().map(Finding::measurement).toList()).stream()
            .filter(key -> values(others, key) > 1)
            .map(key -> key + " " + Parameters.value(measurement, key));
    return Stream.concat(name, conditions).collect(Collectors.joining(", "));
  }

  private static long values(List<Finding> findings, String key) {
    return findings.stream()
        .map(finding -> Parameters.value(finding.measurement(), key))
        .distinct()
        .count();
  }
}
