package dev.latchkey.admin;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.class)
class KeyLifeOnMariaDbTest extends KeyLifeContract {
  private final MariaDbServer mariaDb;
  private String database = "";

  KeyLifeOnMariaDbTest(MariaDbServer mariaDb) {
    this.mariaDb = mariaDb;
  }

  @Override
  ApiKeysConfig.Builder emptyDatabase() {
    database = mariaDb.newDatabase();
    return sameDatabase();
  }

  @Override
  ApiKeysConfig.Builder sameDatabase() {
    return ApiKeysConfig.builder()
        .jdbcUrl(mariaDb.url(database))
        .jdbcUser(MariaDbServer.USER)
        .jdbcPassword(MariaDbServer.PASSWORD)
        .jdbcPoolSize(4);
  }
}
