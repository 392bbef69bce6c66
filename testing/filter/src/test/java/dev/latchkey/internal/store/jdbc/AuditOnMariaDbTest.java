package dev.latchkey.internal.store.jdbc;

import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.class)
class AuditOnMariaDbTest extends AuditContract {
  private final MariaDbServer server;

  AuditOnMariaDbTest(MariaDbServer server) {
    this.server = server;
  }

  @Override
  JdbcSettings emptyDatabase() {
    return JdbcApiKeyStoreContract.settings(
        server.url(server.newDatabase()), MariaDbServer.USER, MariaDbServer.PASSWORD);
  }
}
