package dev.latchkey.store.jdbc;

import dev.latchkey.test.MariaDbServer;
import org.junit.jupiter.api.BeforeAll;

/** On MariaDB, whichever an extension hands over. */
abstract class MariaDbStoreContract extends JdbcApiKeyStoreContract {
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

  @Override
  String farEast() {
    return "SET time_zone = '+13:00'";
  }
}
