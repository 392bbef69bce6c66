package dev.latchkey.internal.store.jdbc;

import dev.latchkey.test.PostgreSql;
import dev.latchkey.test.PostgreSqlServer;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgreSql.class)
class PostgreSqlPasswordTest extends PasswordContract {
  private final PostgreSqlServer server;

  PostgreSqlPasswordTest(PostgreSqlServer server) {
    this.server = server;
  }

  @Override
  void createAccount(String user, String password, String database) {
    server.asSuperuser(
        "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(user, password),
        "ALTER DATABASE %s OWNER TO %s".formatted(database, user));
  }

  @Override
  void changePassword(String user, String password) {
    server.asSuperuser("ALTER ROLE %s PASSWORD '%s'".formatted(user, password));
  }

  @Override
  void dropConnections(String user) {
    server.asSuperuser(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '%s'"
            .formatted(user));
  }

  @Override
  String denial() {
    return "password authentication failed";
  }
}
