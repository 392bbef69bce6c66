package dev.latchkey.servlet;

import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.InLongForm;
import dev.latchkey.test.PostgreSql;
import org.junit.jupiter.api.extension.ExtendWith;

@InLongForm
@ExtendWith(PostgreSql.class)
class OwnersOnPostgreSqlTest extends OwnersOnServer {
  OwnersOnPostgreSqlTest(DatabaseServer server) {
    super(server);
  }
}
