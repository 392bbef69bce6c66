package dev.latchkey.benchmark.report;

import dev.latchkey.benchmark.Measurement;
import dev.latchkey.benchmark.Results;
import java.util.List;
import java.util.Map;

/** Figures that nobody measured. */
final class Data {
  private Data() {}

  static RawData of(Measurement... measurements) {
    return new RawData(
        List.of(measurements).stream()
            .map(Measurement::suite)
            .distinct()
            .map(suite -> results(suite, measurements))
            .toList());
  }

  private static Results results(String suite, Measurement... measurements) {
    return new Results(
        suite,
        Map.of("cpu", "a slow one"),
        List.of(measurements).stream().filter(m -> m.suite().equals(suite)).toList());
  }

  /** On one JDK and thread, with so many keys. */
  static Measurement hotPath(String name, String keys, String unit, Double... samples) {
    return new Measurement(
        "hot-path",
        name,
        Map.of("jdk", "this", "threads", "1", "keys", keys),
        unit,
        List.of(samples));
  }

  static Measurement plain(String suite, String name, String unit, Double... samples) {
    return new Measurement(suite, name, Map.of(), unit, List.of(samples));
  }

  static Measurement rows(String name, String rows, Double... samples) {
    return new Measurement("rows", name, Map.of("rows", rows), "µs", List.of(samples));
  }
}
