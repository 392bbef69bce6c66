package dev.latchkey.servlet;

import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.MariaDb;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.class)
class FilterOnMariaDbTest extends FilterOnServer {
  FilterOnMariaDbTest(DatabaseServer server) {
    super(server);
  }
}
