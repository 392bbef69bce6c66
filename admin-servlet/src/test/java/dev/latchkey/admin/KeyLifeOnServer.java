package dev.latchkey.admin;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.DatabaseServer;

/** On a server that an extension hands over. */
abstract class KeyLifeOnServer extends KeyLifeContract {
  private final DatabaseServer server;
  private String database = "";

  KeyLifeOnServer(DatabaseServer server) {
    this.server = server;
  }

  @Override
  ApiKeysConfig.Builder emptyDatabase() {
    database = server.newDatabase();
    return sameDatabase();
  }

  @Override
  ApiKeysConfig.Builder sameDatabase() {
    return ApiKeysConfig.builder()
        .jdbcUrl(server.url(database))
        .jdbcUser(DatabaseServer.USER)
        .jdbcPassword(DatabaseServer.PASSWORD)
        .jdbcPoolSize(4);
  }
}
