package dev.latchkey.servlet;

import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.PostgreSql;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgreSql.class)
class FilterOnPostgreSqlTest extends FilterOnServer {
  FilterOnPostgreSqlTest(DatabaseServer server) {
    super(server);
  }
}
