package dev.latchkey.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Answer;
import dev.latchkey.test.LongForm;
import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What one node was told, the other follows within a second, as its cache had it otherwise. */
@Tag("alone")
@ExtendWith(MariaDb.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PropagationIT {
  private static final int TRIES = LongForm.choose(100, 16);
  private static final int AT_ONCE = 8;
  private static final Duration BOUND = Duration.ofMillis(1_200); // feedInterval + 200 ms

  private Node here;
  private Node there;

  @BeforeAll
  void start(MariaDbServer mariaDb) throws Exception {
    String url = mariaDb.url(mariaDb.newDatabase());
    here = Node.start(url, "maxKeysPerUser=1000");
    there = Node.start(url, "maxKeysPerUser=1000");
    warmUp();
  }

  /** So that what is measured is not how classes are loaded. */
  private void warmUp() throws Exception {
    Client bob = here.loggedIn("bob");
    try (Caller caller = new Caller(there.uri())) {
      for (int i = 0; i < 50; i++) {
        delete(bob, cachedThere(bob, caller, "{}"));
      }
    }
  }

  @AfterAll
  void stop() {
    here.close();
    there.close();
  }

  /** One try: a change that was made here, measured until it is seen there. */
  @FunctionalInterface
  private interface Try {
    Duration run(Caller caller) throws IOException;
  }

  private void measure(String what, int atOnce, Try one) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try {
      Callable<Duration> work =
          () -> {
            // At any moment of the interval, not just after what was seen last.
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(1_000));
            try (Caller caller = new Caller(there.uri())) {
              return one.run(caller);
            }
          };
      List<Duration> took = new ArrayList<>();
      for (Future<Duration> result :
          threads.invokeAll(java.util.Collections.nCopies(TRIES, work))) {
        took.add(result.get());
      }
      Figures.print("propagation of " + what, took);
      assertThat(took).allMatch(time -> time.compareTo(BOUND) <= 0);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Duration until(Caller caller, String key, int status) {
    return Waiting.until(
        () -> Calls.whoami(caller, key) == status, () -> "it does not come to " + status);
  }

  private Answer cachedThere(Client user, Caller caller, String body) throws IOException {
    Answer added = user.add(body);
    assertThat(added.status()).isEqualTo(201);
    assertThat(caller.whoami(added.get("key"))).isEqualTo(200);
    return added;
  }

  private static void delete(Client user, Answer key) {
    assertThat(user.send("DELETE", "api-keys/" + key.get("tag"), null).status()).isEqualTo(204);
  }

  @Test
  void deletionsPropagateInTime() throws Exception {
    Client alice = here.loggedIn("alice");
    measure(
        "a deletion",
        AT_ONCE,
        caller -> {
          Answer key = cachedThere(alice, caller, "{}");
          delete(alice, key);
          return until(caller, key.get("key"), 401);
        });
  }

  @Test
  void editsPropagateInTime() throws Exception {
    Client alice = here.loggedIn("alice");
    measure(
        "an edit",
        AT_ONCE,
        caller -> {
          Answer key = cachedThere(alice, caller, "{\"expiresInDays\":1}");
          assertThat(
                  alice
                      .json("PATCH", "api-keys/" + key.get("tag"), "{\"expiresInDays\":300}")
                      .status())
              .isEqualTo(200);
          String before = caller.header("API-Key-Expires");
          return Waiting.until(
              () ->
                  Calls.whoami(caller, key.get("key")) == 200
                      && !before.equals(caller.header("API-Key-Expires")),
              () -> "the expiry stays as it was");
        });
  }

  @Test
  void reissuesPropagateInTime() throws Exception {
    Client alice = here.loggedIn("alice");
    measure(
        "a reissue",
        AT_ONCE,
        caller -> {
          Answer key = cachedThere(alice, caller, "{}");
          assertThat(alice.json("POST", "api-keys/" + key.get("tag") + "/reissue", "{}").status())
              .isEqualTo(201);
          return until(caller, key.get("key"), 401);
        });
  }

  /** An owner who is disabled and enabled in turn. */
  private static final class Owner {
    final String name;
    final String key;
    boolean disabled;

    Owner(Client user, String name) throws IOException {
      this.name = name;
      this.key = user.add("{}").get("key");
    }
  }

  @Test
  void ownerEventsPropagateInTime() throws Exception {
    Client admin = here.loggedIn("admin");
    BlockingQueue<Owner> owners = new LinkedBlockingQueue<>();
    for (String name : List.of("alice", "bob")) {
      owners.add(new Owner(here.loggedIn(name), name));
    }
    measure(
        "an owner event",
        owners.size(),
        caller -> {
          Owner owner = owners.remove();
          Duration took = event(admin, owner, caller);
          owners.add(owner);
          return took;
        });
    for (Owner owner : owners) {
      assertThat(admin.send("DELETE", "admin/disabled-owners/" + owner.name, null).status())
          .isEqualTo(204);
    }
  }

  private Duration event(Client admin, Owner owner, Caller caller) throws IOException {
    assertThat(caller.whoami(owner.key)).isEqualTo(owner.disabled ? 401 : 200);
    String method = owner.disabled ? "DELETE" : "PUT";
    assertThat(admin.send(method, "admin/disabled-owners/" + owner.name, null).status())
        .isEqualTo(204);
    owner.disabled = !owner.disabled;
    int expected = owner.disabled ? 401 : 200;
    try (Caller local = new Caller(here.uri())) {
      assertThat(local.whoami(owner.key)).as("here, from that moment").isEqualTo(expected);
    }
    return until(caller, owner.key, expected);
  }
}
