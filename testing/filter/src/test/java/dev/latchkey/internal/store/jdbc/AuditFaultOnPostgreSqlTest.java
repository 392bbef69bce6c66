package dev.latchkey.internal.store.jdbc;

import dev.latchkey.test.PostgreSql;
import dev.latchkey.test.PostgreSqlServer;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgreSql.class)
class AuditFaultOnPostgreSqlTest extends AuditFaultContract {
  private final PostgreSqlServer server;

  AuditFaultOnPostgreSqlTest(PostgreSqlServer server) {
    this.server = server;
  }

  @Override
  JdbcSettings emptyDatabase() {
    return JdbcApiKeyStoreContract.settings(
        server.url(server.newDatabase()), PostgreSqlServer.USER, PostgreSqlServer.PASSWORD);
  }
}
