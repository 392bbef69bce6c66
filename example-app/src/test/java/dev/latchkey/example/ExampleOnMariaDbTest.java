package dev.latchkey.example;

import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.MariaDb;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.class)
class ExampleOnMariaDbTest extends ExampleOnServer {
  ExampleOnMariaDbTest(DatabaseServer server) {
    super(server);
  }
}
