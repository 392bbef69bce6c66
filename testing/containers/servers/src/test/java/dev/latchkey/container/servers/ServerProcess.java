package dev.latchkey.container.servers;

import dev.latchkey.test.ChildProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server that runs, and what it says. */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Path base;
  private final Process process;

  /** Starts one, and keeps what it prints in a file in its folder. */
  ServerProcess(ProcessBuilder builder, Path base) throws IOException {
    this.base = base;
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("LATCHKEY_MAX_KEYS_PER_USER", "2");
    process =
        builder
            .command(ChildProcesses.builder(builder.command()).command())
            .redirectErrorStream(true)
            .redirectOutput(console(base).toFile())
            .start();
  }

  /** Returns the file with what a server prints. */
  static Path console(Path base) {
    return base.resolve("console.log");
  }

  /** Waits until a file, or one in a folder, has a match; returns its first group. */
  String await(Path logs, Pattern pattern) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      boolean last = !process.isAlive() || System.nanoTime() > deadline;
      Matcher matcher = pattern.matcher(read(logs));
      if (matcher.find()) {
        return matcher.group(1);
      }
      if (last) {
        throw new AssertionError(
            "no " + pattern + " in " + logs + ", on the console: " + read(console(base)));
      }
      TimeUnit.MILLISECONDS.sleep(50); // a file does not tell when it grows
    }
  }

  private static String read(Path logs) throws IOException {
    StringBuilder text = new StringBuilder();
    if (Files.exists(logs)) {
      try (Stream<Path> files = Files.walk(logs)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          text.append(Files.readString(file));
        }
      }
    }
    return text.toString();
  }

  /** Kills it, and what its script started. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    process.onExit().join();
    children.forEach(child -> child.onExit().join());
  }
}
