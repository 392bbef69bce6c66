package dev.latchkey.boot.starter;

import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.class)
class BooksOnMariaDbTest extends BooksContract {
  private final MariaDbServer server;
  private final String database;

  BooksOnMariaDbTest(MariaDbServer server) {
    this.server = server;
    this.database = server.newDatabase();
  }

  @Override
  String[] database() {
    return new String[] {
      "spring.datasource.url=" + server.url(database),
      "spring.datasource.username=" + MariaDbServer.USER,
      "spring.datasource.password=" + MariaDbServer.PASSWORD
    };
  }
}
