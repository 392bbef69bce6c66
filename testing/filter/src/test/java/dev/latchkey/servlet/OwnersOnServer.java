package dev.latchkey.servlet;

import dev.latchkey.test.DatabaseServer;
import java.util.Map;

/** On a server that an extension hands over. */
abstract class OwnersOnServer extends OwnersContract {
  private final DatabaseServer server;

  OwnersOnServer(DatabaseServer server) {
    this.server = server;
  }

  @Override
  Map<String, String> emptyDatabase() {
    return Map.of(
        "jdbcUrl",
        server.url(server.newDatabase()),
        "jdbcUser",
        DatabaseServer.USER,
        "jdbcPassword",
        DatabaseServer.PASSWORD,
        "jdbcPoolSize",
        "4");
  }
}
