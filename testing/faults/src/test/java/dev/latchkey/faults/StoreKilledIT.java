package dev.latchkey.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.LongForm;
import java.util.ArrayList;
import java.util.List;

/** A database is killed under load from two nodes, and comes back. */
class StoreKilledIT {
  private static final int ROUNDS = LongForm.choose(2, 1);

  @EachServer(inShort = Server.POSTGRESQL)
  void killedStoreRejectsNoKeyAndLosesNoChange(Server kind) throws Exception {
    try (DatabaseServer server = kind.start()) {
      String url = server.url(server.newDatabase());
      try (Node one = Node.start(url, "maxKeysPerUser=1000");
          // What is cached here is due to be confirmed again all the time.
          Node two = Node.start(url, "maxKeysPerUser=1000", "cacheTtl=PT1S")) {
        outages(server, one, two);
      }
    }
  }

  private static void outages(DatabaseServer server, Node one, Node two) throws Exception {
    List<String> live = Keys.add(one.loggedIn("admin"), 50);
    List<String> cold = Keys.add(one.loggedIn("admin"), 600);
    List<Traffic> cached = new ArrayList<>();
    try (Ledger alice = new Ledger(one, "alice", 1);
        Ledger bob = new Ledger(two, "bob", 2)) {
      for (Node node : List.of(one, two)) {
        assertThat(Traffic.once(node.uri(), live).statuses()).containsOnlyKeys(200);
        cached.add(Traffic.of(node.uri(), 2, live));
      }
      for (int round = 0; round < ROUNDS; round++) {
        cached.forEach(traffic -> traffic.await(200));
        server.kill();
        for (Node node : List.of(one, two)) {
          Traffic asked = Traffic.once(node.uri(), cold.subList(round * 200, (round + 1) * 200));
          assertThat(asked.statuses()).containsOnlyKeys(503);
          assertThat(asked.withoutRetryAfter()).isZero();
          Figures.print("200 cold keys one after the other while the store is down", asked);
        }
        cached.forEach(traffic -> traffic.await(200));
        server.restart();
        for (Node node : List.of(one, two)) {
          String key = cold.get(round * 200);
          try (Caller caller = new Caller(node.uri())) {
            Figures.print(
                "until a cold key is accepted again after a restart, in ms",
                Waiting.until(() -> accepts(caller, key), () -> "it is not").toMillis());
          }
        }
      }
      cached.forEach(Traffic::end);
      for (Traffic traffic : cached) {
        Figures.print("cached keys through " + ROUNDS + " outages", traffic);
        assertThat(traffic.statuses()).containsOnlyKeys(200);
      }
      alice.verify(one, two);
      bob.verify(one, two);
      Figures.print("ledgers of both nodes", alice + "; " + bob);
    }
  }

  /** Whether a live key is accepted now. It must not be called a bad one. */
  private static boolean accepts(Caller caller, String key) {
    int status = Calls.whoami(caller, key);
    assertThat(status).isIn(200, 503);
    return status == 200;
  }
}
