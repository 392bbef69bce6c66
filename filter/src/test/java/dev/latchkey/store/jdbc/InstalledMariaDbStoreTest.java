package dev.latchkey.store.jdbc;

import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.Installed.class)
class InstalledMariaDbStoreTest extends JdbcApiKeyStoreContract {
  private MariaDbServer server;

  @BeforeAll
  void open(MariaDbServer server) {
    this.server = server;
    open(emptyDatabase());
  }

  @Override
  JdbcSettings emptyDatabase() {
    return settings(server.url(server.newDatabase()), MariaDbServer.USER, MariaDbServer.PASSWORD);
  }
}
