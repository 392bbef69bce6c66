package dev.latchkey.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Answer;
import dev.latchkey.test.LongForm;
import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.TcpProxy;
import dev.latchkey.test.caller.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A node is cut off from the database for longer than its change feed reaches back. */
class LongOutageIT {
  private static final int ROUNDS = LongForm.choose(3, 1);
  private static final Duration WINDOW = Duration.ofSeconds(6);
  private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(3);

  private static MariaDbServer mariaDb;

  @BeforeAll
  static void start() throws Exception {
    mariaDb = new MariaDbServer(MariaDbBinaries.bundled());
  }

  @AfterAll
  static void stop() {
    mariaDb.close();
  }

  private static Node behind(TcpProxy way, String database, String... more) throws Exception {
    return Node.start(mariaDb.url(database, way.port()), settings(more));
  }

  private static String[] settings(String... more) {
    List<String> settings = new ArrayList<>(List.of(more));
    settings.add("maxKeysPerUser=1000");
    settings.add("feedInterval=PT0.2S");
    settings.add("feedWindow=" + WINDOW);
    settings.add("lookupTimeout=" + LOOKUP_TIMEOUT);
    return settings.toArray(String[]::new);
  }

  @Test
  void cachedKeysSurviveAnOutageAndRevokedOnesDoNot() throws Exception {
    String database = mariaDb.newDatabase();
    try (TcpProxy way = new TcpProxy(mariaDb.port());
        Node cutOff = behind(way, database);
        Node other = Node.start(mariaDb.url(database), settings())) {
      Client admin = other.loggedIn("admin");
      List<String> live = Keys.add(admin, 50);
      List<String> cold = Keys.add(admin, ROUNDS);
      assertThat(Traffic.once(cutOff.uri(), live).statuses()).containsOnlyKeys(200);
      try (Traffic cached = Traffic.of(cutOff.uri(), 2, live)) {
        for (int round = 0; round < ROUNDS; round++) { // it comes and goes
          Answer revoked = admin.add("{}");
          assertThat(Traffic.once(cutOff.uri(), List.of(revoked.get("key"))).statuses())
              .containsOnlyKeys(200);
          outage(way, cutOff, admin, revoked, cold.get(round));
          cached.await(500);
        }
        cached.end();
        Figures.print("cached keys through " + ROUNDS + " long outages and their ends", cached);
        assertThat(cached.statuses()).containsOnlyKeys(200);
      }
    }
  }

  private static void outage(TcpProxy way, Node cutOff, Client admin, Answer revoked, String cold)
      throws Exception {
    way.cut();
    long cut = System.nanoTime();
    assertThat(admin.send("DELETE", "api-keys/" + revoked.get("tag"), null).status())
        .isEqualTo(204);
    try (Caller caller = new Caller(cutOff.uri())) {
      assertThat(Calls.whoami(caller, cold)).isEqualTo(503); // it knows by now
      Waiting.until(
          () -> System.nanoTime() - cut > WINDOW.multipliedBy(2).toNanos(), () -> "time stops");
      assertThat(Calls.whoami(caller, revoked.get("key"))).as("maxStale").isEqualTo(200);
      way.heal();
      Waiting.until(() -> Calls.whoami(caller, cold) == 200, () -> "the node does not recover");
      Duration refused =
          Waiting.until(
              () -> Calls.whoami(caller, revoked.get("key")) == 401,
              () -> "a revoked key is honoured");
      Figures.print(
          "until a revoked key is refused, after a cold one is accepted, in ms",
          refused.toMillis());
    }
  }

  @Test
  void outageFailsClosedWithoutMaxStale() throws Exception {
    String database = mariaDb.newDatabase();
    try (TcpProxy way = new TcpProxy(mariaDb.port());
        Node cutOff = behind(way, database, "maxStale=PT0S");
        Node other = Node.start(mariaDb.url(database), settings());
        Caller caller = new Caller(cutOff.uri())) {
      Client admin = other.loggedIn("admin");
      String live = admin.add("{}").get("key");
      Answer revoked = admin.add("{}");
      assertThat(Calls.whoami(caller, live)).isEqualTo(200);
      assertThat(Calls.whoami(caller, revoked.get("key"))).isEqualTo(200);
      way.cut();
      assertThat(admin.send("DELETE", "api-keys/" + revoked.get("tag"), null).status())
          .isEqualTo(204);
      for (String key : List.of(live, revoked.get("key"))) {
        Duration closed =
            Waiting.until(() -> Calls.whoami(caller, key) == 503, () -> "it is honoured still");
        Figures.print("until a node that is cut off fails closed, in ms", closed.toMillis());
      }
      way.heal();
      Waiting.until(() -> Calls.whoami(caller, live) == 200, () -> "the node does not recover");
      assertThat(Calls.whoami(caller, revoked.get("key"))).isEqualTo(401);
    }
  }
}
