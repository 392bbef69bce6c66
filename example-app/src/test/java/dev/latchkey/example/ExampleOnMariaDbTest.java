package dev.latchkey.example;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.class)
class ExampleOnMariaDbTest extends ExampleContract {
  private final MariaDbServer mariaDb;

  ExampleOnMariaDbTest(MariaDbServer mariaDb) {
    this.mariaDb = mariaDb;
  }

  @Override
  ApiKeysConfig.Builder emptyDatabase() {
    return ApiKeysConfig.builder()
        .jdbcUrl(mariaDb.url(mariaDb.newDatabase()))
        .jdbcUser(MariaDbServer.USER)
        .jdbcPassword(MariaDbServer.PASSWORD)
        .jdbcPoolSize(4);
  }
}
