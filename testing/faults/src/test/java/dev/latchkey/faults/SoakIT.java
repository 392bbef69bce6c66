package dev.latchkey.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.LongForm;
import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two nodes and a database, and one mishap after the other, drawn by lot. It lasts a minute (15
 * seconds in the short form), or as long as {@code -Dsoak.duration=PT1H} says; {@code -Dsoak.seed}
 * repeats a lot.
 */
@Timeout(value = 1, unit = java.util.concurrent.TimeUnit.DAYS)
class SoakIT {
  private static final Duration DURATION =
      Duration.parse(System.getProperty("soak.duration", "PT" + LongForm.choose(60, 15) + "S"));
  private static final long SEED = Long.getLong("soak.seed", System.nanoTime());

  private final Random random = new Random(SEED);
  private MariaDbServer mariaDb;
  private TcpProxy way;
  private Node steady;
  private Node mortal;
  private List<String> live;

  @Test
  void cachedKeysAndAcknowledgedChangesSurviveAllFaults() throws Exception {
    Figures.print("soak, seed", SEED);
    try (MariaDbServer server = new MariaDbServer(MariaDbBinaries.bundled());
        TcpProxy proxy = new TcpProxy(server.port())) {
      mariaDb = server;
      way = proxy;
      String database = server.newDatabase();
      String direct = server.url(database);
      String byWay = server.url(database, proxy.port());
      try (Node one = Node.start(byWay, "maxKeysPerUser=1000", "cacheTtl=PT2S");
          Node two = Node.start(direct, "maxKeysPerUser=1000", "cacheTtl=PT2S")) {
        steady = one;
        mortal = two;
        soak();
      }
    }
  }

  private void soak() throws Exception {
    live = Keys.add(steady.loggedIn("admin"), 50);
    assertThat(Traffic.once(steady.uri(), live).statuses()).containsOnlyKeys(200);
    List<String> mishaps = new ArrayList<>();
    try (Ledger alice = new Ledger(steady, "alice", SEED);
        Ledger bob = new Ledger(mortal, "bob", SEED + 1);
        Traffic cached = Traffic.of(steady.uri(), 1, live);
        Traffic others = Traffic.of(mortal.uri(), 1, live);
        Traffic unknown = new Traffic(steady.uri(), 1, "/api/whoami", Keys::unknown)) {
      long end = System.nanoTime() + DURATION.toNanos();
      while (System.nanoTime() < end) {
        mishaps.add(mishap());
        alice.awaitMore(3); // whatever it was, it is over
        bob.awaitMore(3);
      }
      cached.end();
      others.end();
      unknown.end();
      alice.verify(steady, mortal);
      bob.verify(steady, mortal);
      Figures.print("soak, mishaps", mishaps);
      Figures.print("soak, ledgers", alice + "; " + bob);
      Figures.print("soak, cached keys of a node that lives on", cached);
      Figures.print("soak, keys of a node that is killed", others);
      Figures.print("soak, unknown keys", unknown);
      assertThat(cached.statuses()).containsOnlyKeys(200);
      assertThat(others.statuses().keySet()).isSubsetOf(Traffic.BROKEN, 200, 503);
      assertThat(unknown.statuses().keySet()).isSubsetOf(401, 503);
      assertThat(unknown.withoutRetryAfter()).isZero();
      assertThat(unknown.longest()).isLessThan(Duration.ofSeconds(3)); // lookupTimeout + 1 s
    }
  }

  private String mishap() throws Exception {
    switch (random.nextInt(4)) {
      case 0:
        mariaDb.kill();
        goOn();
        mariaDb.restart();
        return "database killed";
      case 1:
        mariaDb.freeze();
        goOn();
        mariaDb.thaw();
        return "database frozen";
      case 2:
        way.cut();
        goOn();
        way.heal();
        return "connection cut";
      default:
        mortal.kill();
        goOn();
        mortal.restart();
        return "node killed";
    }
  }

  /** Requests go on meanwhile, for a time that is drawn by lot. */
  private void goOn() {
    try (Traffic some = Traffic.of(steady.uri(), 1, live)) {
      some.await(200 + random.nextInt(2_000));
    }
  }
}
