package dev.latchkey.faults;

import dev.latchkey.test.ChildProcesses;
import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.caller.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The example as a process, on a database that others may use too. */
final class Node implements AutoCloseable {
  private static final Path JAR =
      Path.of("../../example-app/target/latchkey-example-app.jar").toAbsolutePath();
  private static final Pattern STARTED = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");

  /** A quarter of a minute is usual where the clock is falsified. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(180);

  private final Path folder;
  private final List<String> command = new ArrayList<>();
  private final Map<String, String> environment;
  private Process process;
  private URI uri;

  private Node(String jdbcUrl, Map<String, String> environment, String... settings)
      throws IOException {
    this.environment = environment;
    folder = Files.createTempDirectory("latchkey-node");
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", // half of the time of one that lives so short
            "-jar",
            JAR.toString(),
            "--jdbc-url",
            jdbcUrl,
            "--jdbc-user",
            DatabaseServer.USER,
            "--jdbc-password-file",
            Files.writeString(folder.resolve("password"), DatabaseServer.PASSWORD).toString()));
    for (String setting : settings) {
      command.addAll(List.of("--set", setting));
    }
  }

  /** A node that serves, with settings such as {@code cacheTtl=PT1S}. */
  static Node start(String jdbcUrl, String... settings) throws Exception {
    return start(jdbcUrl, Map.of(), settings);
  }

  /** The same with variables in its environment. */
  static Node start(String jdbcUrl, Map<String, String> environment, String... settings)
      throws Exception {
    Node node = new Node(jdbcUrl, environment, settings);
    node.launch(0);
    return node;
  }

  private void launch(int port) throws IOException, InterruptedException {
    List<String> full = new ArrayList<>(command);
    full.addAll(List.of("--port", String.valueOf(port)));
    ProcessBuilder builder =
        ChildProcesses.builder(full)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().putAll(environment);
    process = builder.start();
    try {
      awaitStart();
    } catch (RuntimeException | InterruptedException e) {
      kill();
      throw e;
    }
  }

  private void awaitStart() throws InterruptedException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (true) {
      Matcher started = STARTED.matcher(log());
      if (started.find()) {
        uri = URI.create(started.group());
        return;
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("the node does not start: " + log());
      }
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  URI uri() {
    return uri;
  }

  /** A caller of this node. */
  Client client() {
    return new Client(uri);
  }

  /** A user who has logged in here. */
  Client loggedIn(String user) {
    return Client.loggedIn(uri, user);
  }

  /** What it wrote so far. */
  String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as a power cut would. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Starts it again, where it was. */
  void restart() throws Exception {
    launch(uri.getPort());
  }

  @Override
  public void close() {
    kill();
  }
}
