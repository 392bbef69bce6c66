package dev.latchkey.benchmark.store;

import dev.latchkey.ApiKeys;
import dev.latchkey.auth.AuthResult;
import dev.latchkey.benchmark.Samples;
import dev.latchkey.benchmark.Scale;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.KeyFilter;
import dev.latchkey.manage.KeySecret;
import dev.latchkey.manage.RevokedKeys;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

/**
 * What others notice while an administrator revokes a great many keys: how soon another node
 * rejects a key that is revoked beside, and what a look-up of a key that is not cached takes.
 */
public final class RevocationSuite {
  private static final Actor BY = Actor.administrator("root");
  private static final KeyFilter BULK = KeyFilter.all().withOwnerPrefix("user-");
  private static final long BETWEEN_MILLIS = 200;
  private static final int LOOK_UPS = 20;

  private RevocationSuite() {}

  /** Measures. */
  public static void run(Samples samples, Scale scale) throws Exception {
    int rows = scale.of(30_000, 1_300_000);
    int few = scale.of(10_000, 100_000);
    int many = scale.of(10_000, 1_000_000);
    Map<String, String> options =
        scale == Scale.SMOKE ? Database.durable("128M", "96M") : Database.durable("4G", "4G");
    try (Database database = new Database(options)) {
      database.fill(rows);
      List<KeySecret> known = database.fillWithKeys(scale.of(2_000, 20_000));
      database.settle();
      Samples under = samples.with("rows", rows).with(options);
      try (ApiKeys here = ApiKeys.open(database.config().build());
          ApiKeys there = ApiKeys.open(database.config().build());
          ApiKeyStore store = database.store(1)) {
        Bystander bystander = new Bystander(here, there, store, known.iterator(), rows);
        bystander.watch(under.with("meanwhile", "nothing"), after(scale.of(500, 20_000)));
        for (int count : new int[] {few, many}) {
          Samples of = under.with("meanwhile", count + " revocations");
          bystander.watch(of, CompletableFuture.runAsync(() -> revoke(of, here, count)));
        }
      }
    }
  }

  private static CompletableFuture<?> after(int millis) {
    return CompletableFuture.runAsync(
        () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
  }

  private static void revoke(Samples samples, ApiKeys node, int count) {
    long start = System.nanoTime();
    int revoked = 0;
    RevokedKeys last;
    do {
      last = node.administration().revoke(BY, BULK);
      revoked += last.count();
    } while (last.hasMore() && revoked < count);
    double seconds = (System.nanoTime() - start) / 1e9;
    synchronized (samples) {
      samples.add("revoked", "keys/s", revoked / seconds);
    }
  }

  /**
   * Who uses and revokes other keys on two nodes meanwhile.
   *
   * @param keys live ones, of which each is used once
   */
  private record Bystander(
      ApiKeys here, ApiKeys there, ApiKeyStore store, Iterator<KeySecret> keys, int rows) {
    void watch(Samples samples, CompletableFuture<?> work)
        throws SQLException, InterruptedException {
      DoubleStream.Builder lags = DoubleStream.builder();
      DoubleStream.Builder lookUps = DoubleStream.builder();
      do {
        lags.add(lag());
        for (int i = 0; i < LOOK_UPS; i++) {
          long start = System.nanoTime();
          Traffic.ask(there, keys.next());
          lookUps.add((System.nanoTime() - start) / 1e6);
        }
        TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
      } while (!work.isDone());
      work.join();
      synchronized (samples) {
        Percentiles.add(samples, "until the other node rejects a key", lags.build().toArray());
        Percentiles.add(samples, "look-up of a key", lookUps.build().toArray());
      }
    }

    private double lag() throws InterruptedException {
      String key = keys.next().reveal();
      demand(isAccepted(key));
      here.administration().revokeKey(BY, key);
      long start = System.nanoTime();
      while (isAccepted(key)) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      return (System.nanoTime() - start) / 1e6;
    }

    private boolean isAccepted(String key) {
      return there.authenticate(key).status() == AuthResult.Status.GRANTED;
    }

    private static void demand(boolean so) {
      if (!so) {
        throw new IllegalStateException("a live key is not accepted");
      }
    }
  }
}
