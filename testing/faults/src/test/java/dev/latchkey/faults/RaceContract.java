package dev.latchkey.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.example.ExampleOptions;
import dev.latchkey.example.ExampleServer;
import dev.latchkey.test.Answer;
import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.TcpProxy;
import dev.latchkey.test.caller.Client;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key dies while a look-up that has read it is on its way back from the database. */
abstract class RaceContract {
  private static final String LOOKUP = "key_hash IN (";
  private static final Duration EVERY_SECOND = Duration.ofSeconds(1);

  private final DatabaseServer store;
  private String database;
  private TcpProxy way;
  private ExampleServer here;
  private ExampleServer there;
  private Client aliceHere;
  private Client aliceThere;
  private Answer key;

  RaceContract(DatabaseServer store) {
    this.store = store;
  }

  @BeforeEach
  void start() {
    database = store.newDatabase();
    way = new TcpProxy(store.port());
    here = server(store.url(database, way.port()), EVERY_SECOND);
    there = server(store.url(database), EVERY_SECOND);
    aliceHere = Client.loggedIn(here.uri(), "alice");
    aliceThere = Client.loggedIn(there.uri(), "alice");
    key = aliceThere.add("{}");
  }

  /** So that this node learns by its own deed of what happens to a key, and not by the feed. */
  private void withoutFeedHere() {
    here.close();
    here = server(store.url(database, way.port()), Duration.ofMinutes(1));
    aliceHere = Client.loggedIn(here.uri(), "alice");
    // The first answer of the feed has everything read anew: it must have come.
    Waiting.until(
        () -> aliceHere.get("health").text().contains("\"keys\":\"up\""), () -> "no feed");
  }

  private static ExampleServer server(String url, Duration feedInterval) {
    return ExampleServer.start(
        new ExampleOptions(
            0,
            ApiKeysConfig.builder()
                .jdbcUrl(url)
                .jdbcUser(DatabaseServer.USER)
                .jdbcPassword(DatabaseServer.PASSWORD)
                .lookupTimeout(Duration.ofSeconds(60)) // longer than anything is held here
                .feedInterval(feedInterval)
                .feedWindow(Duration.ofSeconds(120))
                .build()));
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
    way.close();
  }

  private void whileALookupIsOnItsWayBack(Runnable death) throws Exception {
    TcpProxy.Hold hold = way.holdAnswerTo(LOOKUP);
    CompletableFuture<Integer> waiting =
        CompletableFuture.supplyAsync(() -> aliceHere.whoami(key.get("key")).status());
    hold.awaitHeld(); // the row was read, as it was
    death.run();
    assertThat(waiting.get(30, TimeUnit.SECONDS))
        .as("who waited is not answered by what was read before")
        .isEqualTo(401);
    hold.release();
    for (int i = 0; i < 200; i++) { // nor does it come into the cache, sooner or later
      assertThat(aliceHere.whoami(key.get("key")).status()).isEqualTo(401);
    }
  }

  private static void delete(Client alice, Answer key) {
    assertThat(alice.send("DELETE", "api-keys/" + key.get("tag"), null).status()).isEqualTo(204);
  }

  @Test
  void deletionHereOvertakesALookup() throws Exception {
    withoutFeedHere();
    whileALookupIsOnItsWayBack(() -> delete(aliceHere, key));
  }

  @Test
  void deletionOnTheOtherNodeOvertakesALookup() throws Exception {
    whileALookupIsOnItsWayBack(() -> delete(aliceThere, key));
  }

  @Test
  void reissueHereOvertakesALookup() throws Exception {
    withoutFeedHere();
    whileALookupIsOnItsWayBack(
        () -> aliceHere.json("POST", "api-keys/" + key.get("tag") + "/reissue", "{}"));
  }

  @Test
  void reissueOnTheOtherNodeOvertakesALookup() throws Exception {
    whileALookupIsOnItsWayBack(
        () -> aliceThere.json("POST", "api-keys/" + key.get("tag") + "/reissue", "{}"));
  }

  @Test
  void ownersEndHereOvertakesALookup() throws Exception {
    withoutFeedHere();
    Client admin = Client.loggedIn(here.uri(), "admin");
    whileALookupIsOnItsWayBack(() -> admin.send("PUT", "admin/disabled-owners/alice", null));
  }

  @Test
  void ownersEndOnTheOtherNodeOvertakesALookup() throws Exception {
    Client admin = Client.loggedIn(there.uri(), "admin");
    whileALookupIsOnItsWayBack(() -> admin.send("PUT", "admin/disabled-owners/alice", null));
  }
}
