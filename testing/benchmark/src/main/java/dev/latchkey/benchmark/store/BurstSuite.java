package dev.latchkey.benchmark.store;

import dev.latchkey.ApiKeys;
import dev.latchkey.benchmark.Samples;
import dev.latchkey.benchmark.Scale;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.key.KeyHasher;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.manage.KeySecret;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Known keys that are not cached, asked for once each from many threads at once: as Latchkey asks,
 * and with one query a key through the same pool. The bound is a hand-over: as many threads that
 * give each piece to one other, which has nothing to do, and wait for it. A request that does not
 * do its own query cannot cost less.
 */
public final class BurstSuite {
  private static final int THREADS = 64;

  private BurstSuite() {}

  /** Measures. */
  public static void run(Samples samples, Scale scale) throws Exception {
    int count = scale.of(1_000, 100_000);
    Samples under = samples.with("keys", count).with("threads", THREADS);
    try (Database database = new Database(Map.of())) {
      List<KeySecret> keys = database.fillWithKeys(count);
      for (int round = 0; round <= scale.of(1, 5); round++) {
        Burst coalesced = coalesced(database, keys);
        Burst single = single(database, keys);
        Burst handOver = handOver(keys);
        if (round > 0) { // the first one warms up
          under.add("coalesced", "keys/s", coalesced.rate());
          under.add("one query a key", "keys/s", single.rate());
          under.add("hand-over alone", "keys/s", handOver.rate());
          under.add("coalesced", "ratio to one query a key", coalesced.rate() / single.rate());
          under.add("coalesced", "ms p50", coalesced.percentileMillis(50));
          under.add("coalesced", "ms p99", coalesced.percentileMillis(99));
        }
      }
    }
  }

  private static Burst coalesced(Database database, List<KeySecret> keys) throws Exception {
    try (ApiKeys apiKeys = ApiKeys.open(database.config().build())) {
      return Burst.of(THREADS, keys, key -> Traffic.ask(apiKeys, key));
    }
  }

  private static Burst single(Database database, List<KeySecret> keys) throws Exception {
    KeyHasher hasher = new KeyHasher();
    try (ApiKeyStore store = database.store()) {
      return Burst.of(THREADS, keys, key -> find(store, hasher.hash(key)));
    }
  }

  private static void find(ApiKeyStore store, KeyHash hash) {
    if (!store.findByHashes(Set.of(hash)).containsKey(hash)) {
      throw new IllegalStateException("a key is not found");
    }
  }

  private static Burst handOver(List<KeySecret> keys) throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      return Burst.of(THREADS, keys, key -> handOver(other));
    } finally {
      other.shutdown();
    }
  }

  private static void handOver(ExecutorService other) {
    try {
      other.submit(() -> {}).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
