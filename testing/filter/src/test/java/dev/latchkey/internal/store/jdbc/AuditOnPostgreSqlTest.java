package dev.latchkey.internal.store.jdbc;

import dev.latchkey.test.PostgreSql;
import dev.latchkey.test.PostgreSqlServer;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgreSql.class)
class AuditOnPostgreSqlTest extends AuditContract {
  private final PostgreSqlServer server;

  AuditOnPostgreSqlTest(PostgreSqlServer server) {
    this.server = server;
  }

  @Override
  JdbcSettings emptyDatabase() {
    return JdbcApiKeyStoreContract.settings(
        server.url(server.newDatabase()), PostgreSqlServer.USER, PostgreSqlServer.PASSWORD);
  }
}
