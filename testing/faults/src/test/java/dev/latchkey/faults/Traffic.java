package dev.latchkey.faults;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Callers that go on asking one node until they are stopped, and count what they get. */
final class Traffic implements AutoCloseable {
  /** Instead of a status: the connection broke. */
  static final int BROKEN = -1;

  private final List<Thread> threads = new ArrayList<>();
  private final Map<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();
  private final AtomicLong longest = new AtomicLong();
  private final LongAdder withoutRetryAfter = new LongAdder();
  private volatile boolean stopped;

  /**
   * Starts them.
   *
   * @param path what they ask for
   * @param key the key of each request
   */
  Traffic(URI node, int callers, String path, Supplier<String> key) {
    for (int i = 0; i < callers; i++) {
      Thread thread = new Thread(() -> call(node, path, key), "traffic-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  /** Callers that ask who they are, with one of these keys after the other. */
  static Traffic of(URI node, int callers, List<String> keys) {
    AtomicLong next = new AtomicLong();
    return new Traffic(
        node, callers, "/api/whoami", () -> keys.get((int) (next.getAndIncrement() % keys.size())));
  }

  /** A caller that asks with each of these keys once, and has ended. */
  static Traffic once(URI node, List<String> keys) throws InterruptedException {
    Traffic traffic = new Traffic(node, 1, "/api/whoami", new ArrayDeque<>(keys)::poll);
    traffic.join();
    return traffic;
  }

  private void call(URI node, String path, Supplier<String> key) {
    try (Caller caller = new Caller(node)) {
      while (!stopped) {
        String one = key.get();
        if (one == null) {
          return; // there are no more
        }
        long start = System.nanoTime();
        int status;
        try {
          status = caller.get(path, one);
          if (status == 503 && !caller.had("Retry-After")) {
            withoutRetryAfter.increment();
          }
        } catch (IOException e) {
          status = BROKEN;
        }
        long took = System.nanoTime() - start;
        longest.accumulateAndGet(took, Math::max);
        statuses.computeIfAbsent(status, s -> new LongAdder()).increment();
      }
    }
  }

  /** How many got what, so far. */
  Map<Integer, Long> statuses() {
    Map<Integer, Long> counts = new TreeMap<>();
    statuses.forEach((status, count) -> counts.put(status, count.sum()));
    return counts;
  }

  /** How many got this, so far. */
  long count(int status) {
    return statuses().getOrDefault(status, 0L);
  }

  /** How long the slowest took. */
  Duration longest() {
    return Duration.ofNanos(longest.get());
  }

  /** How many were told to come again, but not when. */
  long withoutRetryAfter() {
    return withoutRetryAfter.sum();
  }

  /** Waits until this many more requests were answered. */
  void await(int more) {
    long goal = total() + more;
    Waiting.until(() -> total() >= goal, () -> "no traffic any more: " + this);
  }

  /** Waits until this many more got a status. */
  void await(int status, int more) {
    long goal = count(status) + more;
    Waiting.until(() -> count(status) >= goal, () -> "no more " + status + ": " + statuses());
  }

  private long total() {
    return statuses.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Waits until there are no more keys. */
  void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Ends it; what is under way is counted still. */
  @Override
  public void close() {
    end();
  }

  /** The same. */
  void end() {
    stopped = true;
    try {
      join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return statuses() + ", longest " + longest().toMillis() + " ms";
  }
}
