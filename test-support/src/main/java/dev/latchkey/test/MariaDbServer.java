package dev.latchkey.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real MariaDB server on a free port of this machine, with an empty data directory of its own. It
 * can be stopped the hard way and started again.
 */
public final class MariaDbServer implements AutoCloseable {
  /** The account that owns every database of {@link #newDatabase}. */
  public static final String USER = "app";

  /** Its password. */
  public static final String PASSWORD = "app-secret";

  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  private final MariaDbBinaries binaries;
  private final Path home;
  private final int port;
  private Process process;

  /** A server that is up. */
  public MariaDbServer(MariaDbBinaries binaries) {
    this.binaries = binaries;
    try {
      home = Files.createTempDirectory("latchkey-mariadb");
      port = freePort();
      install();
      process = launch();
      awaitReady();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void install() throws IOException {
    Files.writeString(
        home.resolve("init.sql"),
        "CREATE USER IF NOT EXISTS '%1$s'@'localhost' IDENTIFIED BY '%2$s';%n"
                .formatted(USER, PASSWORD)
            + "GRANT ALL ON *.* TO '%s'@'localhost';%n".formatted(USER));
    Process install =
        started(
            "install.log",
            List.of(
                binaries.install().toString(),
                "--no-defaults",
                "--basedir=" + binaries.base(),
                "--datadir=" + home.resolve("data"),
                "--user=" + System.getProperty("user.name"),
                "--skip-test-db",
                "--auth-root-authentication-method=normal"));
    try {
      if (install.waitFor() != 0) {
        throw new IOException(
            "mariadb-install-db failed: " + Files.readString(home.resolve("install.log")));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private Process launch() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                binaries.server().toString(),
                "--no-defaults",
                "--basedir=" + binaries.base(),
                "--datadir=" + home.resolve("data"),
                "--user=" + System.getProperty("user.name"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + home.resolve("socket"),
                "--pid-file=" + home.resolve("pid"),
                "--init-file=" + home.resolve("init.sql"),
                "--skip-name-resolve=0",
                "--skip-ssl"));
    return started("server.log", command);
  }

  private Process started(String log, List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(home.resolve(log).toFile())
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws IOException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (true) {
      try {
        connect("").close();
        return;
      } catch (SQLException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IOException(
              "MariaDB does not start: " + Files.readString(home.resolve("server.log")), e);
        }
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Creates an empty database. */
  public String newDatabase() {
    String name = "db_" + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return name;
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** The URL of a database. */
  public String url(String database) {
    return url(database, port);
  }

  /** The same by way of another port. */
  public static String url(String database, int port) {
    return "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?sslMode=disable";
  }

  /** A connection to a database. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), USER, PASSWORD);
  }

  /** Ends the server as a power cut would. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Starts the server again, on the same port and data, after {@link #kill}. */
  public void restart() {
    try {
      process = launch();
      awaitReady();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
    try (Stream<Path> files = Files.walk(home)) {
      files.sorted((one, other) -> other.compareTo(one)).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
