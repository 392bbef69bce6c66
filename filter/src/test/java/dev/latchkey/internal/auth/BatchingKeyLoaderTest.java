package dev.latchkey.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.KeySnapshot;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchingKeyLoaderTest {
  private static final int LOADERS = 4;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<List<KeyHash>> queries = new LinkedBlockingQueue<>();
  private final Semaphore mayAnswer = new Semaphore(0);
  private final Map<KeyHash, KeySnapshot> store = new ConcurrentHashMap<>();
  private final Set<KeyHash> unreadable = ConcurrentHashMap.newKeySet();
  private final AtomicLong nanos = new AtomicLong();
  private final PendingLookups<KeyHash, CachedKey> pending = new PendingLookups<>();
  private final KeyCache cache = new KeyCache(CacheSettings.DEFAULT, nanos::get, pending);
  private final BatchingKeyLoader loader = loader(this::find, threads, LOADERS);

  private BatchingKeyLoader loader(
      Function<Collection<KeyHash>, LookupResult> find, Executor executor, int loaders) {
    return new BatchingKeyLoader(
        find, pending, cache, new MissRateLimiter(nanos::get), executor, loaders);
  }

  private LookupResult find(Collection<KeyHash> hashes) {
    queries.add(List.copyOf(hashes));
    mayAnswer.acquireUninterruptibly();
    Map<KeyHash, CachedKey> found = new HashMap<>();
    for (KeyHash hash : hashes) {
      if (store.containsKey(hash)) {
        found.put(hash, new CachedKey(store.get(hash), 0));
      }
    }
    return new LookupResult(found, unreadable);
  }

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  private StoredKey added() {
    StoredKey key = Keys.of("alice");
    store.put(key.hash(), new KeySnapshot(key, Instant.EPOCH, false));
    return key;
  }

  private List<KeyHash> nextQuery() throws InterruptedException {
    List<KeyHash> query = queries.poll(20, TimeUnit.SECONDS);
    assertThat(query).as("no query comes").isNotNull();
    return query;
  }

  /** Occupies every loader, so that the next look-ups queue. */
  private List<PendingLookup<KeyHash, CachedKey>> busy() throws InterruptedException {
    List<PendingLookup<KeyHash, CachedKey>> first = new ArrayList<>();
    for (int i = 0; i < LOADERS; i++) {
      first.add(loader.load(added().hash()));
      loader.addLoader();
      assertThat(nextQuery()).as("at once when all is quiet").hasSize(1);
    }
    return first;
  }

  @Test
  void queuedLookupsTravelTogetherInOrder() throws Exception {
    List<PendingLookup<KeyHash, CachedKey>> all = busy();
    List<KeyHash> waiting = new ArrayList<>();
    for (int i = 0; i < 2 * ApiKeyStore.MAX_HASHES; i++) {
      waiting.add(added().hash());
      all.add(loader.load(waiting.get(i)));
    }
    mayAnswer.release(); // one loader continues
    assertThat(nextQuery()).isEqualTo(waiting.subList(0, ApiKeyStore.MAX_HASHES));
    mayAnswer.release();
    assertThat(nextQuery())
        .isEqualTo(waiting.subList(ApiKeyStore.MAX_HASHES, 2 * ApiKeyStore.MAX_HASHES));
    mayAnswer.release(Integer.MAX_VALUE / 2);
    for (PendingLookup<KeyHash, CachedKey> load : all) {
      assertThat(load.get(20, TimeUnit.SECONDS).found()).isPresent();
    }
    assertThat(queries).isEmpty();
  }

  @Test
  void twoLoadersWorkUntilAnotherIsAdded() throws Exception {
    List<PendingLookup<KeyHash, CachedKey>> first = new ArrayList<>();
    for (int i = 0; i < BatchingLoader.USUAL_LOADERS; i++) {
      first.add(loader.load(added().hash()));
      nextQuery();
    }
    KeyHash second = added().hash();
    KeyHash third = added().hash();
    loader.load(second);
    PendingLookup<KeyHash, CachedKey> last = loader.load(third);
    loader.addLoader();
    assertThat(nextQuery()).as("what waited meanwhile").containsExactly(second, third);
    loader.addLoader();
    mayAnswer.release(first.size() + 1);
    for (PendingLookup<KeyHash, CachedKey> load : first) {
      load.get(20, TimeUnit.SECONDS);
    }
    last.get(20, TimeUnit.SECONDS);
    assertThat(queries).as("there was nothing to do for more").isEmpty();
  }

  @Test
  void lookupInvalidatedInTheQueueIsNotQueried() throws Exception {
    busy();
    PendingLookup<KeyHash, CachedKey> invalidated = loader.load(added().hash());
    KeyHash other = added().hash();
    loader.load(other);
    cache.invalidateAll();
    assertThat(invalidated.get(20, TimeUnit.SECONDS).invalidated()).isTrue();
    PendingLookup<KeyHash, CachedKey> again = loader.load(other);
    mayAnswer.release();
    assertThat(nextQuery()).containsExactly(other);
    mayAnswer.release(Integer.MAX_VALUE / 2);
    assertThat(again.get(20, TimeUnit.SECONDS).invalidated()).isFalse();
  }

  @Test
  void queueIsBounded() throws Exception {
    busy();
    for (int i = 0; i < BatchingLoader.MAX_PENDING; i++) {
      assertThat(loader.load(Keys.of("x").hash())).isNotDone();
    }
    KeyHash oneMore = added().hash();
    PendingLookup<KeyHash, CachedKey> refused = loader.load(oneMore);
    assertThatThrownBy(() -> refused.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StoreException.class);
    mayAnswer.release(Integer.MAX_VALUE / 2);
    nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
    while (loader.load(oneMore).isCompletedExceptionally()) {
      Thread.onSpinWait(); // until there is room again
    }
    assertThat(loader.load(oneMore).get(20, TimeUnit.SECONDS).found()).isPresent();
  }

  /** Each look-up may meet the only loader while it ends after the previous look-up. */
  @Test
  void noLookupIsLeftWaiting() throws Exception {
    BatchingKeyLoader single = loader(this::find, threads, 1);
    KeyHash hash = added().hash();
    mayAnswer.release(Integer.MAX_VALUE / 2);
    for (int round = 0; round < 200_000; round++) {
      assertThat(single.load(hash).get(20, TimeUnit.SECONDS).found()).isPresent();
      queries.clear();
    }
  }

  @Test
  void loaderThatCannotStartIsTriedAgain() throws Exception {
    AtomicInteger starts = new AtomicInteger();
    BatchingKeyLoader unlucky =
        loader(
            this::find,
            work -> {
              if (starts.incrementAndGet() <= LOADERS) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              threads.execute(work);
            },
            LOADERS);
    for (int i = 0; i < LOADERS; i++) {
      assertThat(unlucky.load(added().hash())).isCompletedExceptionally();
    }
    mayAnswer.release();
    assertThat(unlucky.load(added().hash()).get(20, TimeUnit.SECONDS).found()).isPresent();
  }

  @Test
  void resultThatCannotBeCachedIsLookedUpAgain() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    BatchingKeyLoader unlucky =
        loader(
            hashes ->
                new LookupResult(
                    new HashMap<>(find(hashes).found()) {
                      @Override
                      public CachedKey get(Object hash) {
                        if (reads.incrementAndGet() == 1) {
                          throw new OutOfMemoryError("heap");
                        }
                        return super.get(hash);
                      }
                    },
                    Set.of()),
            threads,
            LOADERS);
    KeyHash hash = added().hash();
    mayAnswer.release(2);
    PendingLookup<KeyHash, CachedKey> failed = unlucky.load(hash);
    assertThatThrownBy(() -> failed.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(OutOfMemoryError.class);
    assertThat(unlucky.load(hash).get(20, TimeUnit.SECONDS).found()).isPresent();
  }

  @Test
  void unreadableRowFailsAloneAndIsNotCached() throws Exception {
    List<PendingLookup<KeyHash, CachedKey>> first = busy();
    KeyHash spoilt = added().hash();
    unreadable.add(spoilt);
    PendingLookup<KeyHash, CachedKey> failed = loader.load(spoilt);
    PendingLookup<KeyHash, CachedKey> other = loader.load(added().hash());
    mayAnswer.release(Integer.MAX_VALUE / 2);
    assertThatThrownBy(() -> failed.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StoreException.class);
    assertThat(other.get(20, TimeUnit.SECONDS).found()).isPresent();
    assertThat(cache.get(spoilt)).isNull();
    assertThat(cache.isUnknown(spoilt)).isFalse();
    assertThat(first).allMatch(lookup -> !lookup.isCompletedExceptionally());
  }
}
