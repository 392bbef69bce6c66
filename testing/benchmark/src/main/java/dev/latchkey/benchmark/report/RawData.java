package dev.latchkey.benchmark.report;

import dev.latchkey.benchmark.Measurement;
import dev.latchkey.benchmark.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that was measured, of whatever time: each suite's last results.
 *
 * @param suites in the order of their files' names
 */
record RawData(List<Results> suites) {
  private static final String SUFFIX = ".json";

  /** Where nothing was measured yet there is no folder. */
  static RawData read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return new RawData(List.of());
    }
    try (Stream<Path> files = Files.list(folder)) {
      return new RawData(
          files
              .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
              .sorted()
              .map(Results::read)
              .toList());
    }
  }

  Optional<Results> suite(String name) {
    return suites.stream().filter(results -> results.suite().equals(name)).findFirst();
  }

  /** A measurement without samples was not made. */
  List<Measurement> measurements(String suite) {
    return suite(suite).stream()
        .flatMap(results -> results.measurements().stream())
        .filter(measurement -> !measurement.samples().isEmpty())
        .toList();
  }

  List<Measurement> find(Selection selection) {
    return measurements(selection.suite()).stream().filter(selection::matches).toList();
  }
}
