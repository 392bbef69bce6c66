package dev.latchkey.internal.store.jdbc;

import dev.latchkey.test.PostgreSql;
import dev.latchkey.test.PostgreSqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgreSql.class)
class OwnerTablesOnPostgreSqlTest extends OwnerTablesContract {
  private final PostgreSqlServer server;

  OwnerTablesOnPostgreSqlTest(PostgreSqlServer server) {
    this.server = server;
  }

  /** With a collation for which case and accents make no difference. */
  @Override
  JdbcSettings emptyDatabase() {
    String database = server.newDatabase();
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE COLLATION careless"
              + " (provider = icu, locale = 'und-u-ks-level1', deterministic = false)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return JdbcApiKeyStoreContract.settings(
        server.url(database), PostgreSqlServer.USER, PostgreSqlServer.PASSWORD);
  }

  @Override
  String caseInsensitive() {
    return "VARCHAR(64) COLLATE careless";
  }
}
