package dev.latchkey.boot.starter;

import dev.latchkey.test.InLongForm;
import dev.latchkey.test.PostgreSqlBinaries;
import dev.latchkey.test.PostgreSqlServer;

@InLongForm
class BooksOnPostgreSqlTest extends BooksOnServer {
  BooksOnPostgreSqlTest() {
    super(new PostgreSqlServer(PostgreSqlBinaries.bundled()), "BIGSERIAL");
  }
}
