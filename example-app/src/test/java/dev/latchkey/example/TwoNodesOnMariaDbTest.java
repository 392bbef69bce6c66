package dev.latchkey.example;

import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.MariaDb;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.class)
class TwoNodesOnMariaDbTest extends TwoNodesContract {
  TwoNodesOnMariaDbTest(DatabaseServer server) {
    super(server);
  }
}
