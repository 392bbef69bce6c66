package dev.latchkey.faults;

import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.MariaDb;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.class)
class RaceOnMariaDbTest extends RaceContract {
  RaceOnMariaDbTest(DatabaseServer store) {
    super(store);
  }
}
