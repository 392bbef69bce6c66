package dev.latchkey.servlet;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.DatabaseServer;

/** On a server that an extension hands over. */
abstract class FilterOnServer extends FilterContract {
  private final DatabaseServer server;

  FilterOnServer(DatabaseServer server) {
    this.server = server;
  }

  @Override
  ApiKeysConfig.Builder emptyDatabase() {
    return ApiKeysConfig.builder()
        .jdbcUrl(server.url(server.newDatabase()))
        .jdbcUser(DatabaseServer.USER)
        .jdbcPassword(DatabaseServer.PASSWORD)
        .jdbcPoolSize(4);
  }
}
