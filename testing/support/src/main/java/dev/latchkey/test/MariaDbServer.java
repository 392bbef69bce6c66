package dev.latchkey.test;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A real MariaDB server. */
public final class MariaDbServer implements DatabaseServer {
  private final MariaDbProcess process;
  private final List<String> options;

  /** A server that is up, with options besides those that it needs. */
  public MariaDbServer(MariaDbBinaries binaries, String... options) {
    this(binaries, Map.of(), options);
  }

  /** The same with variables in its environment. */
  public MariaDbServer(
      MariaDbBinaries binaries, Map<String, String> environment, String... options) {
    process = new MariaDbProcess(binaries, System.getProperty("user.name"), environment);
    this.options = List.of(options);
    process.install();
    restart();
  }

  private boolean accepts() {
    try {
      connect("").close();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public String newDatabase() {
    try (Connection connection = connect("")) {
      return newDatabase(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static String newDatabase(Connection connection) throws SQLException {
    String name = "db_" + UUID.randomUUID().toString().replace("-", "");
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return name;
  }

  /** Where the files of a database are. */
  public Path directory(String database) {
    return process.data().resolve(database);
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
    return MariaDbProcess.url(database, port);
  }

  @Override
  public Connection connect(String database) throws SQLException {
    return process.connect(database, "");
  }

  /** A connection that may do everything. */
  public Connection connectAsRoot() throws SQLException {
    return DriverManager.getConnection(url(""), "root", "");
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
    asRoot("KILL CONNECTION USER " + USER);
  }

  /** Who may write nevertheless must lose that right, and the sessions that have it. */
  @Override
  public void setReadOnly(String database, boolean readOnly) {
    asRoot(
        "REVOKE ALL PRIVILEGES ON *.* FROM '" + USER + "'@'localhost'",
        "GRANT ALL ON " + database + ".* TO '" + USER + "'@'localhost'",
        "SET GLOBAL read_only = " + (readOnly ? "ON" : "OFF"));
    dropConnections();
  }

  private void asRoot(String... statements) {
    try (Connection connection = connectAsRoot();
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One of the server's own counters, such as {@code Questions}. */
  public long count(String counter) {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW GLOBAL STATUS LIKE '" + counter + "'")) {
      rows.next();
      return rows.getLong(2);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void restart() {
    process.start(Stream.concat(Stream.of(process.withUser()), options.stream()).toList());
    process.await(this::accepts);
  }

  @Override
  public void close() {
    kill();
    process.delete();
  }
}
