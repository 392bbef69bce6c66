package dev.latchkey.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Answer;
import dev.latchkey.test.FakeTime;
import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clocks that disagree, and clocks that are set: expiry goes by the node's, the feed by none. */
class ClockIT {
  private static final Duration HOUR = Duration.ofHours(1);

  @BeforeAll
  static void demandFakeTime() {
    FakeTime.demand();
  }

  private static void follows(Client admin, Node there) throws Exception {
    for (int i = 0; i < 2; i++) {
      Answer key = admin.add("{}");
      try (Caller caller = new Caller(there.uri())) {
        assertThat(caller.whoami(key.get("key"))).isEqualTo(200);
        assertThat(admin.send("DELETE", "api-keys/" + key.get("tag"), null).status())
            .isEqualTo(204);
        Waiting.until(
            () -> Calls.whoami(caller, key.get("key")) == 401, () -> "the other does not follow");
      }
    }
  }

  @Test
  void nodesWhoseClocksDifferFollowEachOther() throws Exception {
    try (MariaDbServer mariaDb = new MariaDbServer(MariaDbBinaries.bundled())) {
      String url = mariaDb.url(mariaDb.newDatabase());
      try (Node right = Node.start(url);
          FakeTime aheadTime = new FakeTime(HOUR);
          FakeTime behindTime = new FakeTime(HOUR.negated());
          Node ahead = Node.start(url, aheadTime.cachedEnvironment());
          Node behind = Node.start(url, behindTime.cachedEnvironment())) {
        for (Node here : List.of(right, ahead, behind)) {
          Client alice = here.loggedIn("alice");
          for (Node there : List.of(right, ahead, behind)) {
            follows(alice, there);
          }
        }
        expiryGoesByTheNodesClock(right, aheadTime, ahead, behind);
      }
    }
  }

  private static void expiryGoesByTheNodesClock(
      Node right, FakeTime aheadTime, Node ahead, Node behind) throws Exception {
    String key = right.loggedIn("bob").add("{\"expiresInDays\":1}").get("key");
    for (Node node : List.of(right, ahead, behind)) {
      assertThat(node.client().whoami(key).status()).isEqualTo(200);
    }
    aheadTime.set(Duration.ofHours(25)); // a step, with the key in the cache
    try (Caller caller = new Caller(ahead.uri())) {
      Waiting.until(() -> Calls.whoami(caller, key) == 401, () -> "it does not expire");
    }
    Answer expired = ahead.client().whoami(key);
    assertThat(expired.get("type")).isEqualTo("urn:latchkey:expired-key");
    assertThat(right.client().whoami(key).status()).isEqualTo(200);
    assertThat(behind.client().whoami(key).status()).isEqualTo(200);
    aheadTime.set(Duration.ZERO);
    try (Caller caller = new Caller(ahead.uri())) {
      Waiting.until(() -> Calls.whoami(caller, key) == 200, () -> "it stays expired");
    }
  }

  @Test
  void databaseClockMayBeSetForwardAndBack() throws Exception {
    try (FakeTime time = new FakeTime(Duration.ZERO);
        MariaDbServer mariaDb = new MariaDbServer(MariaDbBinaries.bundled(), time.environment())) {
      String url = mariaDb.url(mariaDb.newDatabase());
      try (Node here = Node.start(url);
          Node there = Node.start(url)) {
        Client alice = here.loggedIn("alice");
        for (Duration ahead :
            List.of(HOUR, HOUR.negated(), Duration.ofDays(400), Duration.ofMillis(-500))) {
          Answer key = alice.add("{}");
          try (Caller caller = new Caller(there.uri())) {
            assertThat(caller.whoami(key.get("key"))).isEqualTo(200);
            // Just before the step, so that no poll comes in between.
            assertThat(alice.send("DELETE", "api-keys/" + key.get("tag"), null).status())
                .isEqualTo(204);
            time.set(ahead);
            Waiting.until(
                () -> Calls.whoami(caller, key.get("key")) == 401,
                () -> "the step hid a change: " + ahead);
          }
          follows(alice, there);
        }
      }
    }
  }
}
