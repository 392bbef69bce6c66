package dev.latchkey.boot.starter;

import static dev.latchkey.boot.starter.BooksContract.assertIsOurs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.starter.Browser.Key;
import dev.latchkey.test.ChildProcesses;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Applications in processes of their own: on each JDK that is there, without Spring Security. */
class ProcessesTest {
  private static final Pattern STARTED = Pattern.compile("port=(\\d+) key=(\\S+)");

  @TempDir Path directory;
  private Process process;

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

  /** What is said by a start of the application. */
  private record Started(Browser browser, Key key) {}

  /** Starts it without Spring Security, and stops it when the test ends. */
  private Path start(Path jdk, boolean withDevtools, String... arguments) throws Exception {
    Path log = directory.resolve("log");
    List<String> command =
        new ArrayList<>(
            List.of(
                jdk.resolve("bin/java").toString(),
                "-cp",
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> !entry.matches(".*(spring|boot)-security.*"))
                    .filter(entry -> withDevtools || !entry.contains("devtools"))
                    .filter(entry -> !entry.contains("slf4j-jdk-platform")) // tests have it alone
                    .collect(Collectors.joining(File.pathSeparator)),
                PlainApplication.class.getName(),
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.flyway.enabled=false",
                "--spring.liquibase.enabled=false",
                "--spring.datasource.url=jdbc:h2:" + directory.resolve("keys"),
                "--latchkey.max-keys-per-user=2"));
    command.addAll(List.of(arguments));
    process =
        ChildProcesses.builder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return log;
  }

  @AfterEach
  void stop() throws Exception {
    if (process != null) {
      process.toHandle().destroy();
      process.waitFor();
    }
  }

  /** Waits until the application has started so often. */
  private Started started(Path log, int times) throws Exception {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> !process.isAlive() || starts(log).size() == times);
    assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
    MatchResult last = starts(log).get(times - 1);
    return new Started(new Browser("http://127.0.0.1:" + last.group(1)), new Key(last.group(2)));
  }

  private static List<MatchResult> starts(Path log) throws Exception {
    return STARTED.matcher(Files.readString(log)).results().toList();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void keysWorkOnVirtualThreadsWhereThereAreAny(Path jdk) throws Exception {
    Started once = started(start(jdk, false, "--spring.threads.virtual.enabled=true"), 1);
    assertIsOurs(once.browser().get("/api/whoami"), 401, "missing-key");
    assertThat(once.browser().get("/api/whoami", once.key()).body())
        .isEqualTo("alice on " + (jdk.toString().contains("25") ? "a virtual thread" : "a thread"));
    assertIsOurs(once.browser().get("/api-keys"), 401, "not-logged-in");
  }

  /** Devtools load the application's classes anew in the same JVM; ours and drivers stay. */
  @Test
  void devtoolsRestartIt() throws Exception {
    Path change = Path.of("target/test-classes/change-" + directory.getFileName());
    Path log =
        start(
            Path.of(System.getProperty("java.home")),
            true,
            "--spring.devtools.restart.poll-interval=200ms",
            "--spring.devtools.restart.quiet-period=100ms",
            "--spring.devtools.livereload.enabled=false");
    Started before = started(log, 1);
    Files.createFile(change);
    try {
      Started after = started(log, 2);
      assertThat(after.browser().get("/api/whoami", before.key()).statusCode()).isEqualTo(200);
      assertThat(after.browser().get("/api/whoami", after.key()).statusCode()).isEqualTo(200);
    } finally {
      Files.delete(change);
    }
  }
}
