package dev.latchkey.boot.starter;

import static dev.latchkey.boot.starter.BooksContract.assertIsOurs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.starter.PlainProcess.Started;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Applications in processes of their own: on each JDK that is there, without Spring Security. */
class ProcessesTest {
  @TempDir Path directory;

  /** Returns the JDK of the build, and a newer one if there is one. */
  static Stream<Path> jdks() throws Exception {
    Path own = Path.of(System.getProperty("java.home"));
    Path installed = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(installed)) {
      return Stream.of(own);
    }
    try (Stream<Path> others = Files.list(installed)) {
      return Stream.concat(
          Stream.of(own),
          others
              .filter(jdk -> jdk.getFileName().toString().contains("25"))
              .filter(jdk -> Files.isExecutable(jdk.resolve("bin/java"))))
          .map(ProcessesTest::real)
          .distinct()
          .toList()
          .stream();
    }
  }

  private static Path real(Path jdk) {
    try {
      return jdk.toRealPath();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Starts it without Spring Security. */
  private PlainProcess start(Path jdk, boolean withDevtools, String... arguments) throws Exception {
    return PlainProcess.start(
        jdk,
        directory,
        PlainProcess.classPath(
            entry ->
                entry.matches(".*(spring|boot)-security.*")
                    || (!withDevtools && entry.contains("devtools"))),
        List.of(),
        arguments);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void keysWorkOnVirtualThreadsWhereThereAreAny(Path jdk) throws Exception {
    try (PlainProcess process = start(jdk, false, "--spring.threads.virtual.enabled=true")) {
      Started once = process.started(1);
      assertThat(process.log()) // as Boot's own lines are
          .containsPattern(
              " INFO \\d+ --- \\[.*] d\\S+ApiKeys +: Latchkey: started, .*maxKeysPerUser=2"
                  + " \\(\"latchkey.max-keys-per-user\" from property source"
                  + " \"commandLineArgs\"\\)");
      assertIsOurs(once.browser().get("/api/whoami"), 401, "missing-key");
      assertThat(once.browser().get("/api/whoami", once.key()).body())
          .isEqualTo(
              "alice on " + (jdk.toString().contains("25") ? "a virtual thread" : "a thread"));
      assertIsOurs(once.browser().get("/api-keys"), 401, "not-logged-in");
    }
  }

  /** Devtools load the application's classes again in the same JVM; ours and drivers stay. */
  @Test
  void devtoolsRestartIt() throws Exception {
    Path change = Path.of("target/test-classes/change-" + directory.getFileName());
    try (PlainProcess process =
        start(
            Path.of(System.getProperty("java.home")),
            true,
            "--spring.devtools.restart.poll-interval=200ms",
            "--spring.devtools.restart.quiet-period=100ms",
            "--spring.devtools.livereload.enabled=false")) {
      Started before = process.started(1);
      Files.createFile(change);
      Started after = process.started(2);
      assertThat(after.browser().get("/api/whoami", before.key()).statusCode()).isEqualTo(200);
      assertThat(after.browser().get("/api/whoami", after.key()).statusCode()).isEqualTo(200);
    } finally {
      Files.deleteIfExists(change);
    }
  }
}
