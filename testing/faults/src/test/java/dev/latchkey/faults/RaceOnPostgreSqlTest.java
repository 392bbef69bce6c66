package dev.latchkey.faults;

import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.PostgreSql;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgreSql.class)
class RaceOnPostgreSqlTest extends RaceContract {
  RaceOnPostgreSqlTest(DatabaseServer store) {
    super(store);
  }
}
