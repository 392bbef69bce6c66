package dev.latchkey.test;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A {@code mariadbd}. */
final class MariaDbProcess extends DatabaseProcess {
  /** Options by which it waits for no disk: only a crash of the machine would tell. */
  static final List<String> WITHOUT_SYNC =
      List.of("--debug-no-sync", "--innodb-flush-method=nosync", "--skip-sync-frm");

  private final MariaDbBinaries binaries;

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
    super("mariadb", account, environment);
    this.binaries = binaries;
  }

  /** A connection to a database, by a URL with these parameters besides the usual ones. */
  Connection connect(String database, String parameters) throws SQLException {
    return DriverManager.getConnection(
        url(database, port()) + parameters, DatabaseServer.USER, DatabaseServer.PASSWORD);
  }

  static String url(String database, int port) {
    return "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?sslMode=disable";
  }

  /** Fills the data directory; the account {@link DatabaseServer#USER} comes with the start. */
  void install() {
    List<String> command =
        new ArrayList<>(
            List.of(
                binaries.install().toString(),
                "--no-defaults",
                "--basedir=" + binaries.base(),
                "--datadir=" + data(),
                "--tmpdir=" + home(), // any start clears a shared one of all tables
                "--user=" + account(),
                "--skip-test-db",
                "--auth-root-authentication-method=normal"));
    command.addAll(WITHOUT_SYNC);
    run("install.log", command);
  }

  /** An option that makes sure of the account {@link DatabaseServer#USER}. */
  String withUser() {
    Path init =
        file(
            "init.sql",
            "CREATE USER IF NOT EXISTS '%1$s'@'localhost' IDENTIFIED BY '%2$s';%n"
                    .formatted(DatabaseServer.USER, DatabaseServer.PASSWORD)
                + "GRANT ALL ON *.* TO '%s'@'localhost';%n".formatted(DatabaseServer.USER));
    return "--init-file=" + init;
  }

  /** Starts it, and leaves it to itself. */
  void start(List<String> options) {
    launch(command(options));
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
                "--tmpdir=" + home(), // any start clears a shared one of all tables
                "--user=" + account(),
                "--bind-address=127.0.0.1",
                "--port=" + port(),
                "--socket=" + home().resolve("socket"),
                "--pid-file=" + home().resolve("pid"),
                "--skip-name-resolve=0",
                "--skip-ssl"));
    command.addAll(options);
    return command;
  }
}
