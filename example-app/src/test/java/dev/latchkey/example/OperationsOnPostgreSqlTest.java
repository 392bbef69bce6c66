package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.InLongForm;
import dev.latchkey.test.PostgreSql;
import dev.latchkey.test.PostgreSqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;

@InLongForm
@ExtendWith(PostgreSql.class)
class OperationsOnPostgreSqlTest extends OperationsContract {
  private static final String POSTGRESQL_CLOCK = "statement_timestamp() AT TIME ZONE 'UTC'";

  private final PostgreSqlServer server;
  private final String database;

  OperationsOnPostgreSqlTest(PostgreSqlServer server) {
    this.server = server;
    this.database = server.newDatabase();
  }

  @Override
  ApiKeysConfig.Builder database() {
    return ApiKeysConfig.builder()
        .jdbcUrl(server.url(database))
        .jdbcUser(PostgreSqlServer.USER)
        .jdbcPassword(PostgreSqlServer.PASSWORD);
  }

  @Override
  Connection connect() throws SQLException {
    return server.connect(database);
  }

  /** As the page says. */
  @Override
  String dialect(String sql) throws Exception {
    assertThat(OperationsPage.text())
        .contains("`" + POSTGRESQL_CLOCK + "`", "leave out `FROM DUAL`");
    return sql.replace(CLOCK, POSTGRESQL_CLOCK).replace(" FROM DUAL", "");
  }

  @Override
  String quote() {
    return "\"";
  }
}
