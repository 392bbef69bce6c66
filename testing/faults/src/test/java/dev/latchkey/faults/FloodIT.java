package dev.latchkey.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.LongForm;
import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A flood of well-formed keys that nobody has, beside steady live traffic. */
@Tag("alone")
class FloodIT {
  private static final int FLOOD = LongForm.choose(200_000, 50_000);
  private static final int MAX_QUERIES_A_SECOND = 200;

  @Test
  void floodHarmsNeitherLiveTrafficNorTheDatabase() throws Exception {
    try (MariaDbServer mariaDb = new MariaDbServer(MariaDbBinaries.bundled());
        Node node = Node.start(mariaDb.url(mariaDb.newDatabase()), "maxKeysPerUser=1000")) {
      List<String> live = Keys.add(node.loggedIn("admin"), 500);
      assertThat(Traffic.once(node.uri(), live).statuses()).containsOnlyKeys(200);
      flood(mariaDb, node, live);

      mariaDb.kill(); // what is accepted from here on is in the cache
      assertThat(Traffic.once(node.uri(), live).statuses())
          .as("no live key left the cache")
          .containsOnlyKeys(200);
    }
  }

  private static void flood(MariaDbServer mariaDb, Node node, List<String> live)
      throws InterruptedException {
    Traffic alone = Traffic.of(node.uri(), 2, live);
    alone.await(20_000);
    alone.end();
    AtomicInteger left = new AtomicInteger(FLOOD);
    try (Traffic steady = Traffic.of(node.uri(), 2, live)) {
      steady.await(1_000);
      long before = mariaDb.count("Com_select");
      long all = mariaDb.count("Questions");
      long start = System.nanoTime();
      try (Traffic flood =
          new Traffic(
              node.uri(),
              100,
              "/api/whoami",
              () -> left.getAndDecrement() > 0 ? Keys.unknown() : null)) {
        flood.join();
        double seconds = (System.nanoTime() - start) / 1e9;
        double queries = (mariaDb.count("Com_select") - before) / seconds;
        double statements = (mariaDb.count("Questions") - all) / seconds;
        Figures.print("flood of " + FLOOD + " unknown keys", flood);
        Figures.print("flood, seconds", "%.1f".formatted(seconds));
        Figures.print("flood, queries a second", "%.0f".formatted(queries));
        Figures.print("flood, statements of all kinds a second", "%.0f".formatted(statements));
        Figures.print("live traffic beside the flood", steady);
        assertThat(flood.statuses()).containsOnlyKeys(401);
        assertThat(queries).isLessThan(MAX_QUERIES_A_SECOND);
      }
      steady.end();
      assertThat(steady.statuses()).containsOnlyKeys(200);
    }
  }
}
