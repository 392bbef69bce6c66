package dev.latchkey.example;

import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.InLongForm;
import dev.latchkey.test.PostgreSql;
import org.junit.jupiter.api.extension.ExtendWith;

@InLongForm
@ExtendWith(PostgreSql.class)
class ExampleOnPostgreSqlTest extends ExampleOnServer {
  ExampleOnPostgreSqlTest(DatabaseServer server) {
    super(server);
  }
}
