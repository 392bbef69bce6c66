package dev.latchkey.benchmark.cold;

import dev.latchkey.ApiKeys;
import dev.latchkey.auth.AuthResult;
import dev.latchkey.benchmark.Measurement;
import dev.latchkey.benchmark.Scale;
import dev.latchkey.benchmark.Suite;
import dev.latchkey.key.ApiKey;
import dev.latchkey.key.KeyHash;
import dev.latchkey.key.KeyHasher;
import dev.latchkey.store.ApiKeyStore;
import dev.latchkey.store.jdbc.JdbcStores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Known keys that are not cached, asked for once each from many threads at once: as we ask, and
 * with one query a key through the same pool. And what bounds it: as many threads that hand each
 * piece to one other, which has nothing to do, and wait for it. No request that does not do its
 * query itself can cost less.
 */
public final class BurstSuite implements Suite {
  private static final int THREADS = 64;

  @Override
  public String name() {
    return "burst";
  }

  @Override
  public List<Measurement> run(Scale scale) throws Exception {
    int count = scale.of(1_000, 100_000);
    Map<String, String> parameters =
        Map.of("keys", String.valueOf(count), "threads", String.valueOf(THREADS));
    List<Double> coalescedRates = new ArrayList<>();
    List<Double> singleRates = new ArrayList<>();
    List<Double> handOverRates = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    List<Double> halves = new ArrayList<>();
    List<Double> nearlyAll = new ArrayList<>();
    try (ColdDatabase database = new ColdDatabase(count)) {
      coalesced(database); // warm-up
      single(database);
      handOver(database);
      for (int round = 0; round < scale.of(1, 5); round++) {
        Burst coalesced = coalesced(database);
        Burst single = single(database);
        handOverRates.add(handOver(database).rate());
        coalescedRates.add(coalesced.rate());
        singleRates.add(single.rate());
        ratios.add(coalesced.rate() / single.rate());
        halves.add(coalesced.percentileMillis(50));
        nearlyAll.add(coalesced.percentileMillis(99));
      }
    }
    return List.of(
        new Measurement(name(), "coalesced", parameters, "keys/s", coalescedRates),
        new Measurement(name(), "one query a key", parameters, "keys/s", singleRates),
        new Measurement(name(), "hand-over alone", parameters, "keys/s", handOverRates),
        new Measurement(name(), "coalesced", parameters, "ratio to one query a key", ratios),
        new Measurement(name(), "coalesced", parameters, "ms p50", halves),
        new Measurement(name(), "coalesced", parameters, "ms p99", nearlyAll));
  }

  private static Burst coalesced(ColdDatabase database) throws Exception {
    try (ApiKeys apiKeys = ApiKeys.open(database.config().build())) {
      Consumer<ApiKey> ask =
          key -> granted(apiKeys.authenticate(key.reveal(), 0, () -> "127.0.0.1"));
      return Burst.of(THREADS, database.keys(), ask);
    }
  }

  private static Burst handOver(ColdDatabase database) throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      return Burst.of(THREADS, database.keys(), key -> done(other.submit(() -> {})));
    } finally {
      other.shutdown();
    }
  }

  private static void done(Future<?> work) {
    try {
      work.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void granted(AuthResult result) {
    if (!(result instanceof AuthResult.Granted)) {
      throw new IllegalStateException("a key is refused: " + result);
    }
  }

  private static Burst single(ColdDatabase database) throws Exception {
    KeyHasher hasher = new KeyHasher();
    try (ApiKeyStore store = JdbcStores.open(database.settings())) {
      Consumer<ApiKey> ask =
          key -> {
            KeyHash hash = hasher.hash(key);
            if (!store.findByHashes(Set.of(hash)).containsKey(hash)) {
              throw new IllegalStateException("a key is not found");
            }
          };
      return Burst.of(THREADS, database.keys(), ask);
    }
  }
}
