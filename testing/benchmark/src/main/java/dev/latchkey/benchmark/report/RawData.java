package dev.latchkey.benchmark.report;

import dev.latchkey.benchmark.Measurement;
import dev.latchkey.benchmark.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The latest results of each suite, whenever it ran.
 *
 * @param suites in the order of their files' names
 */
public record RawData(List<Results> suites) {
  /** Reads the files in a folder; where nothing was measured yet there is no folder. */
  public static RawData read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return new RawData(List.of());
    }
    try (Stream<Path> files = Files.list(folder)) {
      return new RawData(
          files
              .filter(file -> file.toString().endsWith(".json"))
              .sorted()
              .map(Results::read)
              .toList());
    }
  }

  List<Measurement> measurements(String suite) {
    return suites.stream()
        .filter(results -> results.suite().equals(suite))
        .flatMap(results -> results.measurements().stream())
        .filter(measurement -> !measurement.samples().isEmpty())
        .toList();
  }
}
