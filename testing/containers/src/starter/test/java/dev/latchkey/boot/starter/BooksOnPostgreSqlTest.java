package dev.latchkey.boot.starter;

import dev.latchkey.test.PostgreSqlBinaries;
import dev.latchkey.test.PostgreSqlServer;

class BooksOnPostgreSqlTest extends BooksOnServer {
  BooksOnPostgreSqlTest() {
    super(new PostgreSqlServer(PostgreSqlBinaries.bundled()), "BIGSERIAL");
  }
}
