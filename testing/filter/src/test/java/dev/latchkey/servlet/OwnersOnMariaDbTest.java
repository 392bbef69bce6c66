package dev.latchkey.servlet;

import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.MariaDb;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.class)
class OwnersOnMariaDbTest extends OwnersOnServer {
  OwnersOnMariaDbTest(DatabaseServer server) {
    super(server);
  }
}
