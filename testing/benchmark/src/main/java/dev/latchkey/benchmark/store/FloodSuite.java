package dev.latchkey.benchmark.store;

import dev.latchkey.ApiKeys;
import dev.latchkey.benchmark.Keys;
import dev.latchkey.benchmark.Samples;
import dev.latchkey.benchmark.Scale;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Live traffic on one thread beside a flood of well-formed keys that nobody has, in turn with the
 * same alone. The flood's threads wait for the database most of the time, as those of a container
 * do; what they take of the processors besides is part of what is measured.
 */
public final class FloodSuite {
  private static final List<Integer> THREADS = List.of(8, 200);
  private static final int LIVE = 1_000;
  private static final int ROUNDS = 5;
  private static final int MAX_FLOOD_A_SECOND = 30_000; // more than 50 queries ask for

  private FloodSuite() {}

  /** Measures. */
  public static void run(Samples samples, Scale scale) throws SQLException {
    Map<String, String> options = Database.durable("1G", "1G");
    try (Database database = new Database(options);
        ApiKeys apiKeys = ApiKeys.open(database.config().build())) {
      List<String> live = Keys.texts(database.fillWithKeys(LIVE));
      for (int threads : THREADS) {
        Samples under =
            samples.with("threads of the flood", threads).with("live keys", LIVE).with(options);
        measure(under, scale, database, apiKeys, live, threads);
      }
    }
  }

  private static void measure(
      Samples samples,
      Scale scale,
      Database database,
      ApiKeys apiKeys,
      List<String> live,
      int threads) {
    Duration period = Duration.ofMillis(scale.of(100, 2_000));
    int rounds = scale.of(1, ROUNDS);
    long needed = MAX_FLOOD_A_SECOND * ((rounds + 1) * period.toMillis() / 1_000 + 1);
    List<String> strangers = Keys.texts(Keys.generate((int) needed));
    AtomicInteger next = new AtomicInteger();
    for (int i = 0; i <= rounds; i++) {
      double alone = Traffic.rate(apiKeys, live, period);
      try (Flood flood = new Flood(apiKeys, threads, () -> strangers.get(next.getAndIncrement()))) {
        long start = System.nanoTime();
        long selects = database.count("Com_select");
        long questions = database.count("Questions");
        double beside = Traffic.rate(apiKeys, live, period);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (i > 0) { // the first one warms up
          samples.add("live traffic alone", "requests/s", alone);
          samples.add("live traffic beside it", "requests/s", beside);
          samples.add("of the live traffic, beside it", "ratio", beside / alone);
          samples.add("the flood", "requests/s", flood.answered() / seconds);
          selects = database.count("Com_select") - selects;
          samples.add("queries", "queries/s", selects / seconds);
          questions = database.count("Questions") - questions;
          samples.add("statements of all kinds", "queries/s", questions / seconds);
        }
      }
    }
  }
}
