package dev.latchkey.servlet;

import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.class)
class OwnersOnMariaDbTest extends OwnersContract {
  private final MariaDbServer mariaDb;

  OwnersOnMariaDbTest(MariaDbServer mariaDb) {
    this.mariaDb = mariaDb;
  }

  @Override
  Map<String, String> emptyDatabase() {
    return Map.of(
        "jdbcUrl",
        mariaDb.url(mariaDb.newDatabase()),
        "jdbcUser",
        MariaDbServer.USER,
        "jdbcPassword",
        MariaDbServer.PASSWORD,
        "jdbcPoolSize",
        "4");
  }
}
