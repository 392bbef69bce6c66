package dev.latchkey.test;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A real database server on a free port of this machine, with an empty data directory of its own.
 * It can be stopped the hard way and started again.
 */
public interface DatabaseServer extends AutoCloseable {
  /** The account that owns every database of {@link #newDatabase}. */
  String USER = "app";

  /** Its password. */
  String PASSWORD = "app-secret";

  /** Creates an empty database. */
  String newDatabase();

  /** Where it listens. */
  int port();

  /** The URL of a database by way of another port. */
  String url(String database, int port);

  /** The URL of a database. */
  default String url(String database) {
    return url(database, port());
  }

  /** A connection to a database. */
  Connection connect(String database) throws SQLException;

  /** Ends the server as a power cut would. */
  void kill();

  /** Starts the server again, on the same port and data, after {@link #kill}. */
  void restart();

  /** Stops the server without ending it: it accepts connections, and never answers. */
  void freeze();

  /** Ends {@link #freeze}. */
  void thaw();

  /** Ends every connection of {@link #USER}. */
  void dropConnections();

  /** Has it refuse, or accept, what {@link #USER} would write to a database; ends connections. */
  void setReadOnly(String database, boolean readOnly);

  @Override
  void close();
}
