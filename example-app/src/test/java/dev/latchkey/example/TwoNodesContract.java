package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.test.Answer;
import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.TcpProxy;
import dev.latchkey.test.caller.Client;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes that share nothing but the database. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class TwoNodesContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DatabaseServer server;
  private ExampleServer here;
  private ExampleServer there;
  private TcpProxy way;
  private Client alice;
  private Client caller;

  TwoNodesContract(DatabaseServer server) {
    this.server = server;
  }

  @BeforeEach
  void start() {
    String database = server.newDatabase();
    way = new TcpProxy(server.port());
    here = node(server.url(database));
    there = node(server.url(database, way.port()));
    alice = Client.loggedIn(here.uri(), "alice");
    caller = new Client(there.uri());
  }

  private static ExampleServer node(String url) {
    return ExampleServer.start(
        new ExampleOptions(
            0,
            ApiKeysConfig.builder()
                .jdbcUrl(url)
                .jdbcUser(DatabaseServer.USER)
                .jdbcPassword(DatabaseServer.PASSWORD)
                // One connection, in use so often that the pool never tries whether it still lives.
                .jdbcPoolSize(1)
                .feedInterval(Duration.ofMillis(100))
                .build()));
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
    way.close();
  }

  private void awaitThere(String key, int status) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (caller.whoami(key).status() != status) {
      assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void keyRevokedHereIsSoonRejectedThere() {
    Answer added = alice.add("{}");
    assertThat(caller.whoami(added.get("key")).status()).isEqualTo(200);
    alice.send("DELETE", "api-keys/" + added.get("tag"), null);
    awaitThere(added.get("key"), 401);
  }

  @Test
  void graceGivenHereEndsThere() {
    Answer old = alice.add("{}");
    assertThat(caller.whoami(old.get("key")).status()).isEqualTo(200); // cached for 5 minutes
    Answer fresh =
        alice.json("POST", "api-keys/" + old.get("tag") + "/reissue", "{\"graceSeconds\":2}");
    assertThat(caller.whoami(fresh.get("key")).status()).isEqualTo(200);
    awaitThere(old.get("key"), 401);
    assertThat(caller.whoami(fresh.get("key")).status()).isEqualTo(200);
  }

  /** Connections that died without a word must neither hold the feed nor the end for good. */
  @Test
  void silentlyCutOffNodeCatchesUp() {
    Answer added = alice.add("{}");
    assertThat(caller.whoami(added.get("key")).status()).isEqualTo(200);
    way.cut();
    assertThat(caller.whoami(unknownKey()).status()).isEqualTo(503);
    alice.send("DELETE", "api-keys/" + added.get("tag"), null);
    assertThat(caller.whoami(added.get("key")).status()).isEqualTo(200); // it cannot know
    way.heal();
    awaitThere(added.get("key"), 401);
    way.cut();
    assertThat(caller.whoami(unknownKey()).status()).isEqualTo(503);
    there.close();
  }

  private static String unknownKey() {
    return new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom()).newKey().reveal();
  }

  @Test
  void concurrentAddsOnBothNodesMakeOneKey() throws Exception {
    Client aliceThere = Client.loggedIn(there.uri(), "alice");
    for (int round = 0; round < 10; round++) {
      java.util.concurrent.CompletableFuture<Answer> other =
          java.util.concurrent.CompletableFuture.supplyAsync(() -> aliceThere.add("{}"));
      Answer one = alice.add("{}");
      Answer two = other.get();
      assertThat(new int[] {one.status(), two.status()}).containsExactlyInAnyOrder(201, 409);
      Answer made = one.status() == 201 ? one : two;
      assertThat(alice.send("DELETE", "api-keys/" + made.get("tag"), null).status()).isEqualTo(204);
    }
  }
}
