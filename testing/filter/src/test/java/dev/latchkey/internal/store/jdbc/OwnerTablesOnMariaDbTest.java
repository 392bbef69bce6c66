package dev.latchkey.internal.store.jdbc;

import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.class)
class OwnerTablesOnMariaDbTest extends OwnerTablesContract {
  private final MariaDbServer server;

  OwnerTablesOnMariaDbTest(MariaDbServer server) {
    this.server = server;
  }

  @Override
  JdbcSettings emptyDatabase() {
    return JdbcApiKeyStoreContract.settings(
        server.url(server.newDatabase()), MariaDbServer.USER, MariaDbServer.PASSWORD);
  }

  /** It takes no account of accents and blanks at the end either. */
  @Override
  String caseInsensitive() {
    return "VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci";
  }
}
