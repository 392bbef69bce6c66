package dev.latchkey.benchmark.store;

import dev.latchkey.benchmark.Measurement;
import dev.latchkey.benchmark.NumberedKeys;
import dev.latchkey.benchmark.Scale;
import dev.latchkey.benchmark.Suite;
import dev.latchkey.store.SchemaMigration;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What the change feed costs: a node a poll, and the database that many nodes poll once a second.
 */
public final class FeedSuite implements Suite {
  private static final int SAMPLES = 5;
  private static final int THREADS = 4;
  private static final double PERCENT = 100;

  @Override
  public String name() {
    return "feed";
  }

  @Override
  public List<Measurement> run(Scale scale) throws SQLException, InterruptedException {
    int rows = scale.of(1_000, 100_000);
    try (Database database = new Database("1G", "1G")) {
      Map<String, String> parameters = new LinkedHashMap<>();
      parameters.put("rows", String.valueOf(rows));
      parameters.putAll(database.parameters());
      String name = database.filled(rows);
      database.settle();
      List<Measurement> measurements = new ArrayList<>();
      measurements.addAll(load(scale, database, name, parameters)); // before anything has changed
      measurements.addAll(polls(scale, database, name, parameters));
      return measurements;
    }
  }

  private static List<Measurement> polls(
      Scale scale, Database database, String name, Map<String, String> parameters)
      throws SQLException {
    int changes = scale.of(100, 10_000);
    int times = scale.of(2, 100);
    List<Double> quiet = new ArrayList<>();
    List<Double> first = new ArrayList<>();
    List<Double> again = new ArrayList<>();
    try (Node node = new Node(database.open(name));
        Connection connection = database.server().connect(name)) {
      for (int i = 0; i <= scale.of(1, SAMPLES); i++) {
        quiet.add(micros(node, 10 * times));
      }
      for (int i = 0; i <= scale.of(1, SAMPLES); i++) {
        node.remember(1, changes);
        NumberedKeys.touch(connection, 1, changes);
        first.add(micros(node, 1));
        again.add(micros(node, times));
      }
    }
    return List.of(
        polls(parameters, 0, "", quiet),
        polls(parameters, changes, ", seen for the first time and evicted", first),
        polls(parameters, changes, ", seen before", again));
  }

  private static double micros(Node node, int times) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      node.poll();
    }
    return (System.nanoTime() - start) / 1e3 / times;
  }

  private static Measurement polls(
      Map<String, String> parameters, int changes, String which, List<Double> samples) {
    return new Measurement(
        "feed",
        "poll, " + changes + " changes within the window" + which,
        parameters,
        "µs",
        samples.subList(1, samples.size())); // the first one warms up
  }

  private static List<Measurement> load(
      Scale scale, Database database, String name, Map<String, String> parameters)
      throws InterruptedException {
    int count = scale.of(5, 100);
    int seconds = scale.of(1, 5);
    List<Node> nodes = new ArrayList<>();
    ScheduledThreadPoolExecutor schedule = new ScheduledThreadPoolExecutor(THREADS);
    List<Double> statements = new ArrayList<>();
    List<Double> processor = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        nodes.add(new Node(database.open(name, 1, SchemaMigration.NONE)));
      }
      Polls polls = new Polls();
      long between = TimeUnit.SECONDS.toNanos(1) / count;
      for (int i = 0; i < count; i++) {
        Node node = nodes.get(i);
        schedule.scheduleAtFixedRate(
            () -> polls.make(node), i * between, count * between, TimeUnit.NANOSECONDS);
      }
      polls.await(2 * count); // everything is prepared then
      for (int i = 0; i < scale.of(1, SAMPLES); i++) {
        long start = System.nanoTime();
        long questions = database.server().count("Questions");
        Duration cpu = database.cpu();
        polls.await(seconds * count);
        double took = (System.nanoTime() - start) / 1e9;
        processor.add(PERCENT * database.cpu().minus(cpu).toNanos() / 1e9 / took);
        statements.add((database.server().count("Questions") - questions) / took);
      }
    } finally {
      schedule.shutdownNow();
      schedule.awaitTermination(1, TimeUnit.MINUTES);
      nodes.forEach(Node::close);
    }
    String what = count + " nodes that poll once a second";
    return List.of(
        new Measurement("feed", what, parameters, "statements/s", statements),
        new Measurement("feed", what, parameters, "% of a core", processor));
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
