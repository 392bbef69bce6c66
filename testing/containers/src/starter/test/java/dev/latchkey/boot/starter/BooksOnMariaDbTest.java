package dev.latchkey.boot.starter;

import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;

class BooksOnMariaDbTest extends BooksOnServer {
  BooksOnMariaDbTest() {
    super(new MariaDbServer(MariaDbBinaries.bundled()), "BIGINT AUTO_INCREMENT");
  }
}
