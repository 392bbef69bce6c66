package dev.latchkey.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Galera;
import dev.latchkey.test.GaleraCluster;
import dev.latchkey.test.LongForm;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes on a cluster of three databases, each of which fails in its turn, under load. */
@Tag("alone")
@ExtendWith(Galera.class)
class GaleraIT {
  /** As README.md recommends it. */
  private static final String PARAMETERS =
      "&galeraAllowedState=4&connectTimeout=500&retriesAllDown=3&deniedListTimeout=1000"
          + "&sessionVariables=wsrep_sync_wait=7";

  private final GaleraCluster cluster;

  GaleraIT(GaleraCluster cluster) {
    this.cluster = cluster;
  }

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void acknowledgedChangesAreOnAllNodes() throws Exception {
    String database = cluster.newDatabase();
    String url = cluster.url("sequential", database, 0, 1, 2) + PARAMETERS;
    try (Node one = Node.start(url, "maxKeysPerUser=1000");
        Node two = Node.start(url, "maxKeysPerUser=1000")) {
      List<String> live = Keys.add(one.loggedIn("admin"), 50);
      List<Traffic> cached = new ArrayList<>();
      for (Node node : List.of(one, two)) {
        assertThat(Traffic.once(node.uri(), live).statuses()).containsOnlyKeys(200);
        cached.add(Traffic.of(node.uri(), 1, live));
      }
      inTurn(
          "kill -9 of the one in use", one, two, () -> cluster.kill(0), () -> cluster.restart(0));
      inTurn(
          "partition of the one in use",
          one,
          two,
          () -> cluster.partition(0),
          () -> cluster.heal(0));
      if (LongForm.isChosen()) {
        inTurn("kill -9 of another", one, two, () -> cluster.kill(2), () -> cluster.restart(2));
      }

      cached.forEach(Traffic::end);
      for (Traffic traffic : cached) {
        Figures.print("galera, cached keys", traffic);
        assertThat(traffic.statuses()).containsOnlyKeys(200);
      }
      Map<String, String> first = rows(0, database);
      assertThat(first).isNotEmpty();
      assertThat(rows(1, database)).isEqualTo(first);
      assertThat(rows(2, database)).isEqualTo(first);
    }
  }

  private void inTurn(String what, Node one, Node two, Runnable fault, Runnable mend)
      throws InterruptedException {
    try (Ledger alice = new Ledger(one, "alice", 1);
        Ledger bob = new Ledger(two, "bob", 2);
        Traffic unknown = new Traffic(two.uri(), 1, "/api/whoami", Keys::unknown)) {
      alice.awaitMore(5);
      bob.awaitMore(5);
      fault.run();
      cluster.awaitSize(2);
      alice.awaitMore(5);
      bob.awaitMore(5);
      mend.run();
      cluster.awaitSize(3);
      alice.awaitMore(5);
      bob.awaitMore(5);
      unknown.end();
      alice.verify(one, two);
      bob.verify(one, two);
      Figures.print(
          "galera, " + what + ", longest time without an acknowledged change, in ms",
          alice.longestGapMillis() + " and " + bob.longestGapMillis());
      Figures.print("galera, " + what + ", ledgers", alice + "; " + bob);
      Figures.print("galera, " + what + ", unknown keys", unknown);
      assertThat(unknown.statuses().keySet()).isSubsetOf(401, 503);
      assertThat(unknown.withoutRetryAfter()).isZero();
    }
  }

  /** What one database has of each key. */
  private Map<String, String> rows(int node, String database) throws SQLException {
    try (Connection connection = cluster.connect(node, database);
        Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION wsrep_sync_wait = 7");
      try (ResultSet rows =
          statement.executeQuery("SELECT tag, slot, description FROM latchkey_key")) {
        Map<String, String> all = new TreeMap<>();
        while (rows.next()) {
          all.put(rows.getString(1), rows.getString(2) + " " + rows.getString(3));
        }
        return all;
      }
    }
  }
}
