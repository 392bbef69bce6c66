package dev.latchkey.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A {@code mariadbd} with a free port of this machine and a directory of its own. */
final class MariaDbProcess {
  private final MariaDbBinaries binaries;
  private final String account;
  private final Map<String, String> environment;
  private final Path home;
  private final int port = FreePorts.choose();
  private Process process;

  /**
   * One that is yet to be started.
   *
   * @param account who runs it and owns its files
   */
  MariaDbProcess(MariaDbBinaries binaries, String account) {
    this(binaries, account, Map.of());
  }

  /** The same with variables in its environment. */
  MariaDbProcess(MariaDbBinaries binaries, String account, Map<String, String> environment) {
    this.binaries = binaries;
    this.account = account;
    this.environment = environment;
    try {
      home = Files.createTempDirectory("latchkey-mariadb");
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

  Path data() {
    return home.resolve("data");
  }

  int port() {
    return port;
  }

  /** A connection to a database, by a URL with these parameters besides the usual ones. */
  Connection connect(String database, String parameters) throws SQLException {
    return DriverManager.getConnection(
        MariaDbServer.url(database, port) + parameters, MariaDbServer.USER, MariaDbServer.PASSWORD);
  }

  /** Fills the data directory; the account {@link MariaDbServer#USER} comes with the start. */
  void install() {
    run(
        "install.log",
        List.of(
            binaries.install().toString(),
            "--no-defaults",
            "--basedir=" + binaries.base(),
            "--datadir=" + data(),
            "--tmpdir=" + home, // any start clears a shared one of all tables
            "--user=" + account,
            "--skip-test-db",
            "--auth-root-authentication-method=normal"));
  }

  /** An option that makes sure of the account {@link MariaDbServer#USER}. */
  String withUser() {
    Path init = home.resolve("init.sql");
    try {
      Files.writeString(
          init,
          "CREATE USER IF NOT EXISTS '%1$s'@'localhost' IDENTIFIED BY '%2$s';%n"
                  .formatted(MariaDbServer.USER, MariaDbServer.PASSWORD)
              + "GRANT ALL ON *.* TO '%s'@'localhost';%n".formatted(MariaDbServer.USER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "--init-file=" + init;
  }

  /** Starts it, and leaves it to itself. */
  void start(List<String> options) {
    process = started("server.log", command(options));
  }

  /** Lets it run until it ends by itself; returns what it printed. */
  String run(List<String> options) {
    return run("run.log", command(options));
  }

  private List<String> command(List<String> options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                binaries.server().toString(),
                "--no-defaults",
                "--basedir=" + binaries.base(),
                "--datadir=" + data(),
                "--tmpdir=" + home, // any start clears a shared one of all tables
                "--user=" + account,
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + home.resolve("socket"),
                "--pid-file=" + home.resolve("pid"),
                "--skip-name-resolve=0",
                "--skip-ssl"));
    command.addAll(options);
    return command;
  }

  private String run(String log, List<String> command) {
    int status = started(log, command).onExit().join().exitValue();
    if (status != 0) {
      throw new IllegalStateException(command.get(0) + " failed: " + read(log));
    }
    return read(log);
  }

  private Process started(String log, List<String> command) {
    ProcessBuilder builder =
        ChildProcesses.builder(command)
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
  void await(BooleanSupplier up) {
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
    return "MariaDB does not start: " + read("server.log");
  }

  /** Sends it a signal, such as {@code STOP}. */
  void signal(String name) {
    run("signal.log", List.of("kill", "-" + name, Long.toString(process.pid())));
  }

  /** Ends it, and what it started, as a power cut would. */
  void kill() {
    if (process == null) {
      return;
    }
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    process.onExit().join();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Deletes its directory. */
  void delete() {
    try (Stream<Path> files = Files.walk(home)) {
      files.sorted((one, other) -> other.compareTo(one)).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
