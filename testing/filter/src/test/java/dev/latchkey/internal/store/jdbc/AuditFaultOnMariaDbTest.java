package dev.latchkey.internal.store.jdbc;

import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.class)
class AuditFaultOnMariaDbTest extends AuditFaultContract {
  private final MariaDbServer server;

  AuditFaultOnMariaDbTest(MariaDbServer server) {
    this.server = server;
  }

  @Override
  JdbcSettings emptyDatabase() {
    return JdbcApiKeyStoreContract.settings(
        server.url(server.newDatabase()), MariaDbServer.USER, MariaDbServer.PASSWORD);
  }
}
