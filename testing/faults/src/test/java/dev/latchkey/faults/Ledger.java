package dev.latchkey.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Answer;
import dev.latchkey.test.caller.Client;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * A user who goes on adding, editing, reissuing and deleting keys on one node, and writes down what
 * was answered. In the end that is compared with what is there: what was acknowledged must have
 * happened, what was not may have.
 */
final class Ledger implements AutoCloseable {
  private static final int MAX_KEYS = 20;
  private static final int MAX_ASKED = 300;
  private static final int CALLERS = 50;

  private enum State {
    LIVE,
    DEAD,
    /** Its deletion was not acknowledged. */
    EITHER
  }

  private static final class Entry {
    private final String tag;
    private final String key;
    private State state = State.LIVE;
    private final Set<String> descriptions = new HashSet<>();

    private Entry(Answer added, String description) {
      tag = added.get("tag");
      key = added.get("key");
      descriptions.add(description);
    }
  }

  private final Node node;
  private final String user;
  private final Random random;
  private final List<Entry> entries = new ArrayList<>();
  private final Set<String> before;
  private final Thread writer;
  private Client client;
  private volatile int acknowledged;
  private int unacknowledged;
  private int unknownKeys; // that may be there, from adds that were not acknowledged
  private long longestGapNanos;
  private long lastAcknowledgedAt = System.nanoTime();
  private volatile boolean stopped;
  private volatile Throwable failure;

  /** Begins, on a store that answers. Nobody else may change this user's keys. */
  Ledger(Node node, String user, long seed) {
    this.node = node;
    this.user = user;
    this.random = new Random(seed);
    this.client = node.loggedIn(user);
    this.before = present().keySet();
    this.writer = new Thread(this::write, "ledger-" + user);
    writer.setDaemon(true);
    writer.start();
  }

  private void write() {
    while (!stopped) {
      try {
        step();
      } catch (UncheckedIOException | NotLoggedInException e) {
        logInAgain(); // the node is down, or has forgotten the login
      } catch (RuntimeException | Error e) {
        failure = e;
        return;
      }
    }
  }

  private static final class NotLoggedInException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void logInAgain() {
    Waiting.until(() -> stopped || isLoggedIn(), () -> user + " cannot log in again");
  }

  private boolean isLoggedIn() {
    try {
      client = node.loggedIn(user);
      return true;
    } catch (UncheckedIOException | AssertionError e) {
      return false;
    }
  }

  private void step() {
    List<Entry> live = entries.stream().filter(entry -> entry.state == State.LIVE).toList();
    long present = entries.stream().filter(entry -> entry.state != State.DEAD).count();
    int action = random.nextInt(4);
    if (live.isEmpty() || (action == 0 && present + unknownKeys < MAX_KEYS)) {
      add();
      return;
    }
    Entry one = live.get(random.nextInt(live.size()));
    if (action == 1) {
      edit(one);
    } else if (action == 2) {
      reissue(one);
    } else {
      delete(one);
    }
  }

  private void add() {
    String description = "words " + random.nextInt();
    unknownKeys++;
    Answer answer = acknowledge(client.add("{\"description\":\"" + description + "\"}"), 201);
    if (answer != null) {
      unknownKeys--;
      entries.add(new Entry(answer, description));
    }
  }

  private void edit(Entry entry) {
    String description = "other words " + random.nextInt();
    entry.descriptions.add(description);
    Answer answer =
        acknowledge(
            client.json(
                "PATCH", "api-keys/" + entry.tag, "{\"description\":\"" + description + "\"}"),
            200);
    if (answer != null) {
      entry.descriptions.retainAll(Set.of(description));
    }
  }

  private void reissue(Entry entry) {
    entry.state = State.EITHER;
    unknownKeys++;
    Set<String> descriptions = Set.copyOf(entry.descriptions);
    Answer answer =
        acknowledge(client.json("POST", "api-keys/" + entry.tag + "/reissue", "{}"), 201);
    if (answer != null) {
      unknownKeys--;
      entry.state = State.DEAD;
      Entry successor = new Entry(answer, answer.get("description"));
      assertThat(descriptions).contains(answer.get("description"));
      entries.add(successor);
    }
  }

  private void delete(Entry entry) {
    entry.state = State.EITHER;
    if (acknowledge(client.send("DELETE", "api-keys/" + entry.tag, null), 204) != null) {
      entry.state = State.DEAD;
    }
  }

  /** The answer, if it says that the change happened. */
  private Answer acknowledge(Answer answer, int success) {
    if (answer.status() == success) {
      acknowledged = acknowledged + 1;
      long now = System.nanoTime();
      longestGapNanos = Math.max(longestGapNanos, now - lastAcknowledgedAt);
      lastAcknowledgedAt = now;
      return answer;
    }
    unacknowledged++;
    if (answer.status() == 401) {
      throw new NotLoggedInException(); // the node was started anew
    }
    // What was acknowledged is there: a 404 would be a loss.
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isNotNull();
    return null;
  }

  /** Waits until this many more changes were acknowledged. */
  void awaitMore(int more) {
    int goal = acknowledged + more;
    Waiting.until(
        () -> {
          rethrow();
          return acknowledged >= goal;
        },
        () -> "no change is acknowledged any more: " + this);
  }

  private void rethrow() {
    if (failure != null) {
      throw new AssertionError("a change failed", failure);
    }
  }

  /** Stops. */
  @Override
  public void close() {
    stopped = true;
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The user's keys: the description of each tag. */
  private Map<String, String> present() {
    Answer list = node.loggedIn(user).get("api-keys");
    assertThat(list.status()).as("the list of keys: " + list.text()).isEqualTo(200);
    Map<String, String> present = new HashMap<>();
    for (JsonNode key : list.json().path("keys")) {
      present.put(key.path("tag").asString(), key.path("description").asString());
    }
    return present;
  }

  /** Stops, and compares with what each of these nodes says. */
  void verify(Node... nodes) {
    close();
    rethrow();
    Map<String, String> present = present();
    present.keySet().removeAll(before);
    int known = 0;
    for (Entry entry : entries) {
      String description = present.get(entry.tag);
      if (entry.state != State.EITHER) {
        assertThat(description != null).as("present").isEqualTo(entry.state == State.LIVE);
      }
      if (description != null) {
        known++;
        assertThat(entry.descriptions).contains(description);
      }
    }
    askEach(present.keySet(), nodes);
    assertThat(present.size() - known).isLessThanOrEqualTo(unknownKeys);
    assertThat(acknowledged).isPositive();
  }

  /**
   * Asks many at once, since look-ups that wait travel together. What died long ago is told by the
   * list alone: dead keys are looked up slowly, as a flood is.
   */
  private void askEach(Set<String> present, Node... nodes) {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<CompletableFuture<Void>> answers = new ArrayList<>();
      for (Entry entry : entries.subList(Math.max(0, entries.size() - MAX_ASKED), entries.size())) {
        int status = present.contains(entry.tag) ? 200 : 401;
        for (Node node : nodes) {
          answers.add(CompletableFuture.runAsync(() -> expect(node, entry.key, status), callers));
        }
      }
      answers.forEach(CompletableFuture::join);
    } finally {
      callers.shutdownNow();
    }
  }

  private static void expect(Node node, String key, int status) {
    int[] last = {0};
    try (Caller caller = new Caller(node.uri())) {
      Waiting.until(
          () -> {
            last[0] = Calls.whoami(caller, key);
            return last[0] == status;
          },
          () -> "a key gets " + last[0] + " and not " + status);
    }
  }

  /** The longest time between two changes that were acknowledged. */
  long longestGapMillis() {
    return TimeUnit.NANOSECONDS.toMillis(longestGapNanos);
  }

  @Override
  public String toString() {
    return acknowledged + " changes acknowledged, " + unacknowledged + " not";
  }
}
