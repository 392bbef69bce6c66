package dev.latchkey.test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A real PostgreSQL server. Its databases sort texts as people do, not by bytes. */
public final class PostgreSqlServer implements DatabaseServer {
  private static final String SUPERUSER = "postgres";
  private static final String SUPERUSER_PASSWORD = "postgres-secret";

  private final PostgreSqlBinaries binaries;
  private final DatabaseProcess process;
  private final List<String> options;

  /** A server that is up, with options besides those that it needs, such as {@code fsync=off}. */
  public PostgreSqlServer(PostgreSqlBinaries binaries, String... options) {
    this.binaries = binaries;
    this.options = List.of(options);
    process = new DatabaseProcess("postgresql", account(), Map.of());
    install();
    restart();
    asSuperuser(
        "CREATE ROLE %s LOGIN PASSWORD '%s'"
            .formatted(DatabaseServer.USER, DatabaseServer.PASSWORD));
  }

  /** It refuses to run as root. */
  private static String account() {
    String user = System.getProperty("user.name");
    return user.equals("root") ? "nobody" : user;
  }

  private List<String> command(String program, Stream<String> arguments) {
    List<String> command = new ArrayList<>();
    if (!process.account().equals(System.getProperty("user.name"))) {
      command.addAll(List.of("setpriv", "--reuid", process.account(), "--clear-groups"));
    }
    command.add(binaries.program(program));
    arguments.forEach(command::add);
    return command;
  }

  private void install() {
    process.run(
        "install.log",
        command(
            "initdb",
            Stream.of(
                "--pgdata=" + process.data(),
                "--username=" + SUPERUSER,
                "--pwfile=" + process.file("password", SUPERUSER_PASSWORD),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=icu",
                "--icu-locale=en",
                "--no-sync")));
  }

  @Override
  public void restart() {
    process.launch(
        command(
            "postgres",
            Stream.concat(
                Stream.of(
                    "-D",
                    process.data().toString(),
                    "-p",
                    String.valueOf(port()),
                    "-h",
                    "127.0.0.1",
                    "-k",
                    "", // no socket besides
                    "-N",
                    "300"),
                options.stream().flatMap(option -> Stream.of("-c", option)))));
    process.await(this::accepts);
  }

  private boolean accepts() {
    try {
      connectAsSuperuser(SUPERUSER).close();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public String newDatabase() {
    String name = "db_" + UUID.randomUUID().toString().replace("-", "");
    asSuperuser("CREATE DATABASE %s OWNER %s".formatted(name, DatabaseServer.USER));
    return name;
  }

  @Override
  public int port() {
    return process.port();
  }

  /** Returns the process that serves now. */
  public ProcessHandle handle() {
    return process.handle();
  }

  @Override
  public String url(String database, int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  @Override
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), DatabaseServer.USER, DatabaseServer.PASSWORD);
  }

  /** A connection that may do everything. */
  public Connection connectAsSuperuser(String database) throws SQLException {
    return DriverManager.getConnection(url(database), SUPERUSER, SUPERUSER_PASSWORD);
  }

  /** Runs statements that need all rights, each in a transaction of its own. */
  public void asSuperuser(String... statements) {
    try (Connection connection = connectAsSuperuser(SUPERUSER);
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the number that a query of the server's own tables finds. */
  public long count(String query) {
    try (Connection connection = connectAsSuperuser(SUPERUSER);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void freeze() {
    process.signal("STOP");
  }

  @Override
  public void thaw() {
    process.signal("CONT");
  }

  @Override
  public void dropConnections() {
    asSuperuser(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '%s'"
            .formatted(DatabaseServer.USER));
  }

  @Override
  public void setReadOnly(String database, boolean readOnly) {
    asSuperuser(
        "ALTER DATABASE %s SET default_transaction_read_only = %s".formatted(database, readOnly));
    dropConnections();
  }

  @Override
  public void close() {
    kill();
    process.delete();
  }
}
