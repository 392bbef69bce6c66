package dev.latchkey.benchmark.store;

import dev.latchkey.benchmark.Samples;
import dev.latchkey.benchmark.Scale;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What the change feed costs: a node a poll, and the database that many nodes poll once a second.
 */
public final class FeedSuite {
  private static final int SAMPLES = 5;
  private static final int THREADS = 4;
  private static final double PERCENT = 100;

  private FeedSuite() {}

  /** Measures. */
  public static void run(Samples samples, Scale scale) throws SQLException, InterruptedException {
    int rows = scale.of(1_000, 100_000);
    Map<String, String> options = Database.durable("1G", "1G");
    try (Database database = new Database(options)) {
      Samples under = samples.with("rows", rows).with(options);
      database.fill(rows);
      database.settle();
      load(under, scale, database); // before anything has changed
      polls(under, scale, database);
    }
  }

  private static void polls(Samples samples, Scale scale, Database database) throws SQLException {
    int changes = scale.of(100, 10_000);
    int times = scale.of(2, 100);
    String changed = "poll, %d changes within the window, ".formatted(changes);
    try (Node node = new Node(database.store());
        Connection connection = database.connect()) {
      for (int i = 0; i <= scale.of(1, SAMPLES); i++) {
        double quiet = micros(node, 10 * times);
        if (i > 0) { // the first one warms up
          samples.add("poll, 0 changes within the window", "µs", quiet);
        }
      }
      for (int i = 0; i <= scale.of(1, SAMPLES); i++) {
        node.remember(1, changes);
        NumberedKeys.touch(connection, 1, changes);
        double first = micros(node, 1);
        double again = micros(node, times);
        if (i > 0) {
          samples.add(changed + "seen for the first time and evicted", "µs", first);
          samples.add(changed + "seen before", "µs", again);
        }
      }
    }
  }

  private static double micros(Node node, int times) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      node.poll();
    }
    return (System.nanoTime() - start) / 1e3 / times;
  }

  private static void load(Samples samples, Scale scale, Database database)
      throws InterruptedException {
    int count = scale.of(5, 100);
    int seconds = scale.of(1, 5);
    String what = count + " nodes that poll once a second";
    List<Node> nodes = new ArrayList<>();
    ScheduledThreadPoolExecutor schedule = new ScheduledThreadPoolExecutor(THREADS);
    try {
      Polls polls = new Polls();
      long between = TimeUnit.SECONDS.toNanos(1) / count;
      for (int i = 0; i < count; i++) {
        nodes.add(new Node(database.store(1)));
      }
      for (int i = 0; i < count; i++) {
        Node node = nodes.get(i);
        schedule.scheduleAtFixedRate(
            () -> polls.make(node), i * between, count * between, TimeUnit.NANOSECONDS);
      }
      polls.await(2 * count); // everything is prepared then
      for (int i = 0; i < scale.of(1, SAMPLES); i++) {
        long start = System.nanoTime();
        long questions = database.count("Questions");
        Duration cpu = database.cpu();
        polls.await(seconds * count);
        double took = (System.nanoTime() - start) / 1e9;
        double busy = database.cpu().minus(cpu).toNanos() / 1e9;
        samples.add(what, "statements/s", (database.count("Questions") - questions) / took);
        samples.add(what, "% of a core", PERCENT * busy / took);
      }
    } finally {
      schedule.shutdownNow();
      schedule.awaitTermination(1, TimeUnit.MINUTES);
      nodes.forEach(Node::close);
    }
  }

  /** Counts what is polled. */
  private static final class Polls {
    private volatile CountDownLatch awaited = new CountDownLatch(0);

    void make(Node node) {
      node.poll();
      awaited.countDown();
    }

    void await(int count) throws InterruptedException {
      awaited = new CountDownLatch(count);
      if (!awaited.await(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the nodes do not poll");
      }
    }
  }
}
