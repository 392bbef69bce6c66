package dev.latchkey.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.LongForm;
import dev.latchkey.test.TcpProxy;
import dev.latchkey.test.caller.Client;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;

/** A database does not answer, and does not say so. */
@Tag("alone")
class SilentStoreIT {
  private static final Duration BOUND = Duration.ofSeconds(3); // lookupTimeout + 1 s

  private static final int ROUNDS = LongForm.choose(2, 1);
  private static final int COLD = 300;

  /** Ways to silence a store, and to have it back. */
  private record Silence(Runnable begin, Runnable end) {}

  @EachServer(inShort = Server.MARIADB)
  void frozenStoreDelaysNobody(Server kind) throws Exception {
    try (DatabaseServer server = kind.start();
        Node node = Node.start(server.url(server.newDatabase()), "maxKeysPerUser=1000")) {
      nobodyWaitsLong("a frozen " + kind, node, new Silence(server::freeze, server::thaw));
    }
  }

  @EachServer(inShort = Server.POSTGRESQL)
  void droppedPacketsDelayNobody(Server kind) throws Exception {
    try (DatabaseServer server = kind.start();
        TcpProxy way = new TcpProxy(server.port());
        Node node =
            Node.start(server.url(server.newDatabase(), way.port()), "maxKeysPerUser=1000")) {
      nobodyWaitsLong("a cut connection to " + kind, node, new Silence(way::cut, way::heal));
    }
  }

  private static void nobodyWaitsLong(String what, Node node, Silence silence) throws Exception {
    Client admin = node.loggedIn("admin");
    List<String> live = Keys.add(admin, 20);
    List<String> cold = Keys.add(admin, ROUNDS * (COLD + 1));
    assertThat(Traffic.once(node.uri(), live).statuses()).containsOnlyKeys(200);
    Traffic before = new Traffic(node.uri(), 1, "/health", () -> live.get(0));
    before.await(1_000);
    before.end();

    try (Traffic cached = Traffic.of(node.uri(), 1, live);
        Traffic others = new Traffic(node.uri(), 1, "/health", () -> live.get(0))) {
      cached.await(100);
      for (int round = 0; round < ROUNDS; round++) {
        Queue<String> some =
            new ConcurrentLinkedQueue<>(cold.subList(round * COLD, (round + 1) * COLD));
        String last = cold.get(ROUNDS * COLD + round);
        try (Ledger alice = new Ledger(node, "alice", round)) {
          silence.begin().run();
          coldKeysGetAnswers(what, node, admin, some, last, silence);
          alice.verify(node);
        }
      }
      Figures.print(what + ", cached keys", cached);
      assertThat(cached.statuses()).containsOnlyKeys(200);
      Figures.print("other requests before", before);
      Figures.print(what + ", other requests", others);
      assertThat(others.statuses()).containsOnlyKeys(200);
      assertThat(others.longest()).isLessThan(Duration.ofSeconds(1));
    }
  }

  private static void coldKeysGetAnswers(
      String what, Node node, Client admin, Queue<String> some, String last, Silence silence)
      throws Exception {
    try (Traffic asked = new Traffic(node.uri(), 20, "/api/whoami", some::poll)) {
      asked.await(503, 200);
      long start = System.nanoTime();
      assertThat(admin.get("api-keys").status()).isEqualTo(503);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
      start = System.nanoTime();
      assertThat(admin.add("{}").status()).isEqualTo(503);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
      silence.end().run();
      try (Caller caller = new Caller(node.uri())) {
        Duration back =
            Waiting.until(
                () -> {
                  int status = Calls.whoami(caller, last);
                  assertThat(status).isIn(200, 503);
                  return status == 200;
                },
                () -> "the pool does not recover");
        Figures.print(what + ", until a cold key is accepted again, in ms", back.toMillis());
      }
      Figures.print(what + ", cold keys", asked);
      assertThat(asked.statuses().keySet()).isSubsetOf(200, 503);
      assertThat(asked.longest()).isLessThan(BOUND);
      assertThat(asked.withoutRetryAfter()).isZero();
    }
  }
}
