package dev.latchkey.admin;

import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.PostgreSql;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgreSql.class)
class KeyLifeOnPostgreSqlTest extends KeyLifeOnServer {
  KeyLifeOnPostgreSqlTest(DatabaseServer server) {
    super(server);
  }
}
