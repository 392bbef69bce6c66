package dev.latchkey.boot.starter;

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
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** {@link PlainApplication} in a process of its own, on a database in a folder. */
final class PlainProcess implements AutoCloseable {
  private static final Pattern STARTED = Pattern.compile("port=(\\d+) key=(\\S+)");

  private final Process process;
  private final Path log;

  /** What is said by a start of the application. */
  record Started(Browser browser, Key key) {}

  private PlainProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Returns the settings that it is started with. */
  static List<String> arguments(Path folder) {
    return List.of(
        "--server.port=0",
        "--server.address=127.0.0.1",
        "--spring.flyway.enabled=false",
        "--spring.liquibase.enabled=false",
        "--spring.datasource.url=jdbc:h2:" + folder.resolve("keys"),
        "--latchkey.max-keys-per-user=2");
  }

  /** Returns the class path of the tests, without what only they have, and without some entries. */
  static List<String> classPath(Predicate<String> isLeftOut) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.matches(".*(slf4j-jdk-platform|test-support|testing.support).*"))
        .filter(isLeftOut.negate())
        .toList();
  }

  static PlainProcess start(
      Path jdk, Path folder, List<String> classPath, List<String> options, String... more)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(jdk.resolve("bin/java").toString()));
    command.addAll(options);
    command.addAll(
        List.of(
            "-cp", String.join(File.pathSeparator, classPath), PlainApplication.class.getName()));
    command.addAll(arguments(folder));
    Stream.of(more).forEach(command::add);
    Path log = folder.resolve("log");
    return new PlainProcess(
        ChildProcesses.builder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start(),
        log);
  }

  /** Waits until the application has started so often. */
  Started started(int times) throws Exception {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> !process.isAlive() || starts().size() == times);
    assertThat(process.isAlive()).as(log()).isTrue();
    MatchResult last = starts().get(times - 1);
    return new Started(new Browser("http://127.0.0.1:" + last.group(1)), new Key(last.group(2)));
  }

  private List<MatchResult> starts() throws Exception {
    return STARTED.matcher(log()).results().toList();
  }

  String log() throws Exception {
    return Files.readString(log);
  }

  @Override
  public void close() throws InterruptedException {
    process.toHandle().destroy();
    process.waitFor();
  }
}
