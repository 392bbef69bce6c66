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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Applications in processes of their own: on each JDK that is there, without Spring Security. */
class JdksTest {
  private static final Pattern PORT = Pattern.compile("port=(\\d+)");
  private static final Pattern KEY = Pattern.compile("key=(\\S+)");

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
          .map(JdksTest::real)
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

  private static String classPathWithoutSpringSecurity() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("spring-security") && !entry.contains("boot-security"))
        .filter(entry -> !entry.contains("slf4j-jdk-platform")) // applications have none
        .collect(Collectors.joining(File.pathSeparator));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void keysWorkOnVirtualThreadsWhereThereAreAny(Path jdk) throws Exception {
    Path log = directory.resolve("log");
    List<String> command =
        new ArrayList<>(
            List.of(
                jdk.resolve("bin/java").toString(),
                "-cp",
                classPathWithoutSpringSecurity(),
                PlainApplication.class.getName(),
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.flyway.enabled=false",
                "--spring.liquibase.enabled=false",
                "--spring.threads.virtual.enabled=true",
                "--spring.datasource.url=jdbc:h2:mem:plain"));
    Process process =
        ChildProcesses.builder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> !process.isAlive() || KEY.matcher(Files.readString(log)).find());
      String output = Files.readString(log);
      Matcher port = PORT.matcher(output);
      Matcher key = KEY.matcher(output);
      assertThat(port.find() && key.find()).as(output).isTrue();
      Browser browser = new Browser("http://127.0.0.1:" + port.group(1));
      assertIsOurs(browser.get("/api/whoami"), 401, "missing-key");
      assertThat(browser.get("/api/whoami", new Key(key.group(1))).body())
          .isEqualTo(
              "alice on "
                  + (jdk.toString().contains("25") ? "a virtual thread" : "a thread"));
      assertIsOurs(browser.get("/api-keys"), 401, "not-logged-in");
    } finally {
      process.toHandle().destroy();
      process.waitFor();
    }
  }
}
