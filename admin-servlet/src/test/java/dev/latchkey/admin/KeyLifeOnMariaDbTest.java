package dev.latchkey.admin;

import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.MariaDb;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.class)
class KeyLifeOnMariaDbTest extends KeyLifeOnServer {
  KeyLifeOnMariaDbTest(DatabaseServer server) {
    super(server);
  }
}
