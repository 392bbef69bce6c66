package dev.latchkey.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Answer;
import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.SmallDisk;
import dev.latchkey.test.caller.Client;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A database that can be read and not written: writes are 503, authentication goes on. */
class StoreWithoutWritesIT {
  private static void onlyWritesFail(Node node, Client alice, Answer key, String cold) {
    try (Caller caller = new Caller(node.uri())) {
      for (int i = 0; i < 3; i++) {
        for (Answer refused :
            List.of(
                alice.add("{}"),
                alice.json("PATCH", "api-keys/" + key.get("tag"), "{\"description\":\"w\"}"),
                alice.json("POST", "api-keys/" + key.get("tag") + "/reissue", "{}"),
                alice.send("DELETE", "api-keys/" + key.get("tag"), null))) {
          assertThat(refused.status()).as(refused.text()).isEqualTo(503);
          assertThat(refused.get("type")).isEqualTo("urn:latchkey:store-unavailable");
          assertThat(refused.header("Retry-After")).isNotNull();
        }
        assertThat(Calls.whoami(caller, key.get("key"))).isEqualTo(200);
        assertThat(Calls.whoami(caller, cold)).isEqualTo(200);
        assertThat(Calls.whoami(caller, Keys.unknown())).isEqualTo(401);
        assertThat(alice.get("api-keys").status()).isEqualTo(200);
      }
    }
  }

  @EachServer(inShort = Server.POSTGRESQL)
  void readOnlyStoreFailsOnlyWrites(Server kind) throws Exception {
    try (DatabaseServer server = kind.start()) {
      String database = server.newDatabase();
      try (Node node = Node.start(server.url(database), "maxKeysPerUser=1000")) {
        Client alice = node.loggedIn("alice");
        Answer key = alice.add("{}");
        String cold = alice.add("{}").get("key");
        server.setReadOnly(database, true);
        onlyWritesFail(node, alice, key, cold);
        server.setReadOnly(database, false);
        Waiting.until( // as long as the pool hands out connections that were ended
            () -> alice.send("DELETE", "api-keys/" + key.get("tag"), null).status() != 503,
            () -> "changes fail still");
        assertThat(alice.whoami(key.get("key")).status()).isEqualTo(401);
      }
    }
  }

  @Test
  void fullDiskFailsOnlyWrites() throws Exception {
    try (MariaDbServer mariaDb = new MariaDbServer(MariaDbBinaries.bundled())) {
      String database = mariaDb.newDatabase();
      try (SmallDisk disk = new SmallDisk(mariaDb.directory(database), 4);
          Node node = Node.start(mariaDb.url(database), "maxKeysPerUser=1000")) {
        Client alice = node.loggedIn("alice");
        Answer key = alice.add("{}");
        String cold = alice.add("{}").get("key");
        disk.fill();
        Answer added = alice.add("{}");
        while (added.status() == 201) { // into what room its files have left
          added = alice.add("{}");
        }
        assertThat(added.status()).isEqualTo(503);
        assertThat(added.get("type")).isEqualTo("urn:latchkey:store-unavailable");
        assertThat(added.header("Retry-After")).isNotNull();
        try (Caller caller = new Caller(node.uri())) {
          assertThat(Calls.whoami(caller, key.get("key"))).isEqualTo(200);
          assertThat(Calls.whoami(caller, cold)).isEqualTo(200);
          assertThat(Calls.whoami(caller, Keys.unknown())).isEqualTo(401);
        }
        disk.clear();
        assertThat(alice.add("{}").status()).isEqualTo(201);
      }
    }
  }
}
