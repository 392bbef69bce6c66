package dev.latchkey.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Runs every suite at its smallest: no figure is looked at. */
@Execution(ExecutionMode.CONCURRENT)
class SmokeTest {
  static final List<Suite> SUITES = Benchmarks.SUITES;

  @TempDir Path docs;

  @ParameterizedTest
  @FieldSource("SUITES")
  void aSuiteMeasuresAndTheTablesTellOfIt(Suite suite) throws Exception {
    Benchmarks.run(docs, List.of(suite), Scale.SMOKE);

    Results results = Results.read(docs.resolve("performance/" + suite.name() + ".json"));
    assertThat(results.suite()).isEqualTo(suite.name());
    assertThat(results.environment()).containsKeys("at", "cores", "cpu", "jdk", "memory", "os");
    assertThat(results.environment().values()).doesNotContain("unknown");
    skipWhereASystemPackageIsMissing(suite, results.measurements());
    assertThat(results.measurements())
        .isNotEmpty()
        .allSatisfy(
            measurement -> {
              assertThat(measurement.suite()).isEqualTo(suite.name());
              assertThat(measurement.samples())
                  .as(measurement.toString())
                  .isNotEmpty()
                  .allSatisfy(sample -> assertThat(sample).isFinite().isNotNegative());
            });

    Benchmarks.report(docs);
    String tables = Files.readString(docs.resolve("performance/tables.md"));
    assertThat(tables)
        .contains(results.measurements().stream().map(m -> "| " + m.name() + " | ").toList());
  }

  @Test
  void thePagesAreMadeAgainWithoutMeasuring() throws Exception {
    Benchmarks.main(new String[] {docs.toString(), "report"});

    assertThat(docs.resolve("performance.md")).isNotEmptyFile();
    assertThat(docs.resolve("performance/tables.md")).isNotEmptyFile();
  }

  private static void skipWhereASystemPackageIsMissing(
      Suite suite, List<Measurement> measurements) {
    if (!"true".equals(System.getenv("CI"))) {
      assumeFalse(measurements.isEmpty(), "a package that is needed for " + suite.name());
    }
  }
}
