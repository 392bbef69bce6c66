package dev.latchkey.benchmark.store;

import dev.latchkey.ApiKeys;
import dev.latchkey.benchmark.Samples;
import dev.latchkey.benchmark.Scale;
import dev.latchkey.manage.KeySecret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long after a restart 99 % of the requests find their key cached, under live traffic, without
 * and with a warm start. Requests come at a steady rate, for keys of which each is as likely as any
 * other: the hardest case, since there are no favourites to be cached first.
 */
public final class RestartSuite {
  private static final double ENOUGH = 0.99;
  private static final Duration WINDOW = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** A hit takes a few microseconds, a look-up some hundred at least. */
  private static final int MAX_HIT_MICROS = 80;

  private RestartSuite() {}

  /** Measures. */
  public static void run(Samples samples, Scale scale) throws Exception {
    int count = scale.of(200, 20_000);
    int rate = scale.of(2_000, 5_000);
    // To see that it runs, it must come to its end on a machine that is busy with other things.
    long mostHitNanos = TimeUnit.MICROSECONDS.toNanos(scale.of(1_000_000, MAX_HIT_MICROS));
    try (Database database = new Database(Map.of())) {
      List<KeySecret> keys = database.fillWithKeys(count);
      try (ApiKeys before = ApiKeys.open(database.config().build())) {
        keys.forEach(key -> Traffic.ask(before, key)); // and when it ends, all have been used
      }
      for (int warmUp : List.of(0, count)) {
        Samples under = samples.with("warmUp", warmUp).with("keys", count).with("requests/s", rate);
        for (int round = 0; round < scale.of(1, 3); round++) {
          try (ApiKeys restarted = ApiKeys.open(database.config().warmUp(warmUp).build())) {
            double millis = millisToEnough(restarted, keys, rate, mostHitNanos, new Random(round));
            under.add("time to 99 % hits", "ms", millis);
          }
        }
      }
    }
  }

  /** Sends requests, one after another, until hardly one had to wait for the database. */
  private static double millisToEnough(
      ApiKeys apiKeys, List<KeySecret> keys, int rate, long mostHitNanos, Random random) {
    long interval = TimeUnit.SECONDS.toNanos(1) / rate;
    int perWindow = (int) (WINDOW.toNanos() / interval);
    long start = System.nanoTime();
    long next = start;
    int hits;
    do {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException("the cache does not fill");
      }
      hits = 0;
      for (int i = 0; i < perWindow; i++) {
        next += interval;
        LockSupport.parkNanos(next - System.nanoTime());
        KeySecret key = keys.get(random.nextInt(keys.size()));
        long before = System.nanoTime();
        Traffic.ask(apiKeys, key);
        if (System.nanoTime() - before <= mostHitNanos) {
          hits++;
        }
      }
    } while (hits < ENOUGH * perWindow);
    return (System.nanoTime() - start) / 1e6;
  }
}
