package dev.latchkey.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.LongForm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs all races, in the short form three of them, in JVMs of their own. */
class RacesTest {
  @TempDir Path results;

  @Test
  void noRaceEndsInWhatIsForbidden() throws Exception {
    Path output = results.resolve("output");
    int exit =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "org.openjdk.jcstress.Main",
                    "-r",
                    results.toString(),
                    "-t",
                    LongForm.isChosen() ? ".*" : "FastPathRace|LookupRace|DigestRace",
                    "-m",
                    "quick",
                    "-sc",
                    "false",
                    "-f",
                    "1",
                    "-fsm",
                    "1",
                    "-iters",
                    Integer.toString(LongForm.choose(3, 1)),
                    "-time",
                    Integer.toString(LongForm.choose(1_000, 100)),
                    "-jvmArgs",
                    "-Xmx512m"))
            .directory(results.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    String said = Files.readString(output);
    assertThat(exit).as(said).isZero();
    assertThat(said)
        .contains(
            "Failed tests: No matches",
            "Error tests: No matches",
            "tests: %d matching".formatted(LongForm.choose(10, 3)));
  }
}
