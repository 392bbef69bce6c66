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

/**
 * A real MariaDB server on a free port of this machine, with an empty data directory of its own. It
 * can be stopped the hard way and started again.
 */
public final class MariaDbServer implements AutoCloseable {
  /** The account that owns every database of {@link #newDatabase}. */
  public static final String USER = "app";

  /** Its password. */
  public static final String PASSWORD = "app-secret";

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

  /** Creates an empty database. */
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

  /** Where it listens. */
  public int port() {
    return process.port();
  }

  /** Returns the process that serves now. */
  public ProcessHandle handle() {
    return process.handle();
  }

  /** The URL of a database. */
  public String url(String database) {
    return url(database, port());
  }

  /** The same by way of another port. */
  public static String url(String database, int port) {
    return "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?sslMode=disable";
  }

  /** A connection to a database. */
  public Connection connect(String database) throws SQLException {
    return process.connect(database, "");
  }

  /** A connection that may do everything. */
  public Connection connectAsRoot() throws SQLException {
    return DriverManager.getConnection(url(""), "root", "");
  }

  /** Ends the server as a power cut would. */
  public void kill() {
    process.kill();
  }

  /** Stops the server without ending it: it accepts connections, and never answers. */
  public void freeze() {
    process.signal("STOP");
  }

  /** Ends {@link #freeze}. */
  public void thaw() {
    process.signal("CONT");
  }

  /** Ends every connection of {@link #USER}. */
  public void dropConnections() {
    try (Connection connection = connectAsRoot();
        Statement statement = connection.createStatement()) {
      statement.execute("KILL CONNECTION USER " + USER);
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

  /** Starts the server again, on the same port and data, after {@link #kill}. */
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
