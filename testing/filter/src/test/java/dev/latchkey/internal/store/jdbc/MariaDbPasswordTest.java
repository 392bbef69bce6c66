package dev.latchkey.internal.store.jdbc;

import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.class)
class MariaDbPasswordTest extends PasswordContract {
  private final MariaDbServer server;

  MariaDbPasswordTest(MariaDbServer server) {
    this.server = server;
  }

  private void asRoot(String sql) throws SQLException {
    try (Connection connection = server.connectAsRoot();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  void createAccount(String user, String password, String database) throws SQLException {
    asRoot("CREATE USER %s@'%%' IDENTIFIED BY '%s'".formatted(user, password));
    asRoot("GRANT ALL ON %s.* TO %s@'%%'".formatted(database, user));
  }

  @Override
  void changePassword(String user, String password) throws SQLException {
    asRoot("ALTER USER %s@'%%' IDENTIFIED BY '%s'".formatted(user, password));
  }

  @Override
  void dropConnections(String user) throws SQLException {
    asRoot("KILL CONNECTION USER " + user);
  }

  @Override
  String denial() {
    return "Access denied";
  }
}
