package dev.latchkey.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A database server's process, with a free port of this machine and a directory of its own. */
class DatabaseProcess {
  private final String product;
  private final String account;
  private final Map<String, String> environment;
  private final Path home;
  private final int port = FreePorts.choose();
  private Process process;

  /**
   * One that is yet to be started.
   *
   * @param account who runs it and owns its files
   * @param environment more variables for it
   */
  DatabaseProcess(String product, String account, Map<String, String> environment) {
    this.product = product;
    this.account = account;
    this.environment = environment;
    try {
      home = Files.createTempDirectory("latchkey-" + product);
      give(home);
      give(Files.createDirectory(data()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void give(Path path) throws IOException {
    Files.setOwner(
        path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account));
  }

  final String account() {
    return account;
  }

  final Path home() {
    return home;
  }

  final Path data() {
    return home.resolve("data");
  }

  final int port() {
    return port;
  }

  /** Leaves a file for the server, which it may read. */
  final Path file(String name, String text) {
    try {
      Path file = Files.writeString(home.resolve(name), text);
      give(file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the server, and leaves it to itself. */
  final void launch(List<String> command) {
    process = started("server.log", command);
  }

  /** Lets a command run until it ends by itself; returns what it printed. */
  final String run(String log, List<String> command) {
    int status = started(log, command).onExit().join().exitValue();
    if (status != 0) {
      throw new IllegalStateException(command.get(0) + " failed: " + read(log));
    }
    return read(log);
  }

  private Process started(String log, List<String> command) {
    ProcessBuilder builder =
        ChildProcesses.builder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve(log).toFile());
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read(String log) {
    try {
      return Files.readString(home.resolve(log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it is up, by the caller's notion of that. */
  final void await(BooleanSupplier up) {
    Polling.until(
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException(complaint());
          }
          return up.getAsBoolean();
        },
        this::complaint);
  }

  private String complaint() {
    return product + " does not start: " + read("server.log");
  }

  /** Sends all processes of the server a signal, such as {@code STOP}. */
  final void signal(String name) {
    signal(name, process.toHandle());
    Optional<String> program = process.info().command();
    process
        .descendants()
        .filter(child -> child.info().command().equals(program)) // and not who watches over it
        .forEach(child -> signal(name, child));
  }

  private void signal(String name, ProcessHandle to) {
    run("signal.log", List.of("kill", "-" + name, Long.toString(to.pid())));
  }

  /** Ends it, and what it started, as a power cut would. */
  final void kill() {
    if (process == null) {
      return;
    }
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    process.onExit().join();
    children.forEach(ProcessHandle::destroyForcibly);
    children.stream().map(ProcessHandle::onExit).forEach(CompletableFuture::join);
  }

  final ProcessHandle handle() {
    return process.toHandle();
  }

  final boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Deletes its directory. */
  final void delete() {
    try (Stream<Path> files = Files.walk(home)) {
      files.sorted((one, other) -> other.compareTo(one)).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
