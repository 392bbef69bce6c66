package dev.latchkey.benchmark.cold;

import dev.latchkey.ApiKeys;
import dev.latchkey.auth.AuthResult;
import dev.latchkey.benchmark.Measurement;
import dev.latchkey.benchmark.Scale;
import dev.latchkey.benchmark.Suite;
import dev.latchkey.key.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
public final class RestartSuite implements Suite {
  private static final double ENOUGH = 0.99;
  private static final Duration WINDOW = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** A hit takes a few microseconds, a look-up some hundred at least. */
  private static final int MOST_HIT_MICROS = 80;

  @Override
  public String name() {
    return "restart";
  }

  @Override
  public List<Measurement> run(Scale scale) throws Exception {
    int count = scale.of(200, 20_000);
    int rate = scale.of(2_000, 5_000);
    // To see that it runs, it must come to its end on a machine that is busy with other things.
    long mostHitNanos = TimeUnit.MICROSECONDS.toNanos(scale.of(1_000_000, MOST_HIT_MICROS));
    List<Measurement> measurements = new ArrayList<>();
    try (ColdDatabase database = new ColdDatabase(count)) {
      try (ApiKeys before = ApiKeys.open(database.config().build())) {
        for (ApiKey key : database.keys()) {
          ask(before, key); // and when it ends, all have been used
        }
      }
      for (int warmUp : new int[] {0, count}) {
        List<Double> toEnough = new ArrayList<>();
        for (int round = 0; round < scale.of(1, 3); round++) {
          try (ApiKeys restarted = ApiKeys.open(database.config().warmUp(warmUp).build())) {
            toEnough.add(
                millisToEnough(restarted, database.keys(), rate, mostHitNanos, new Random(round)));
          }
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("warmUp", String.valueOf(warmUp));
        parameters.put("keys", String.valueOf(count));
        parameters.put("requests/s", String.valueOf(rate));
        measurements.add(new Measurement(name(), "time to 99 % hits", parameters, "ms", toEnough));
      }
    }
    return measurements;
  }

  private static void ask(ApiKeys apiKeys, ApiKey key) {
    AuthResult result = apiKeys.authenticate(key.reveal(), 0, () -> "127.0.0.1");
    if (!(result instanceof AuthResult.Granted)) {
      throw new IllegalStateException("a key is refused: " + result);
    }
  }

  /** Sends requests, one after another, until hardly one had to wait for the database. */
  private static double millisToEnough(
      ApiKeys apiKeys, List<ApiKey> keys, int rate, long mostHitNanos, Random random) {
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
        ApiKey key = keys.get(random.nextInt(keys.size()));
        long before = System.nanoTime();
        ask(apiKeys, key);
        if (System.nanoTime() - before <= mostHitNanos) {
          hits++;
        }
      }
    } while (hits < ENOUGH * perWindow);
    return (System.nanoTime() - start) / 1e6;
  }
}
