package dev.latchkey.test;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

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

  /** A server that is up. */
  public MariaDbServer(MariaDbBinaries binaries) {
    process = new MariaDbProcess(binaries, System.getProperty("user.name"));
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

  /** Where it listens. */
  public int port() {
    return process.port();
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

  /** Ends the server as a power cut would. */
  public void kill() {
    process.kill();
  }

  /** Starts the server again, on the same port and data, after {@link #kill}. */
  public void restart() {
    process.start(List.of(process.withUser()));
    process.await(this::accepts);
  }

  @Override
  public void close() {
    kill();
    process.delete();
  }
}
