package dev.latchkey.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.auth.KeyLoads.Load;
import dev.latchkey.key.KeyHash;
import dev.latchkey.store.ApiKeyStore;
import dev.latchkey.store.FoundKey;
import dev.latchkey.store.Keys;
import dev.latchkey.store.StoreException;
import dev.latchkey.store.StoredKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyLoadsTest {
  private static final int LOADERS = 4;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<List<KeyHash>> queries = new LinkedBlockingQueue<>();
  private final Semaphore mayAnswer = new Semaphore(0);
  private final Map<KeyHash, FoundKey> store = new ConcurrentHashMap<>();
  private final AtomicLong nanos = new AtomicLong();
  private final Pace pace = new Pace(nanos::get);
  private final KeyLoads loads = loads(threads, LOADERS);

  private KeyLoads loads(Executor executor, int loaders) {
    return new KeyLoads(this::find, (hash, found) -> found, pace, executor, loaders);
  }

  private Map<KeyHash, ConfirmedKey> find(Collection<KeyHash> hashes) {
    queries.add(List.copyOf(hashes));
    mayAnswer.acquireUninterruptibly();
    Map<KeyHash, ConfirmedKey> found = new HashMap<>();
    for (KeyHash hash : hashes) {
      if (store.containsKey(hash)) {
        found.put(hash, new ConfirmedKey(store.get(hash), 0));
      }
    }
    return found;
  }

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  private StoredKey added() {
    StoredKey key = Keys.of("alice");
    store.put(key.hash(), new FoundKey(key, Instant.EPOCH, false));
    return key;
  }

  private List<KeyHash> nextQuery() throws InterruptedException {
    List<KeyHash> query = queries.poll(20, TimeUnit.SECONDS);
    assertThat(query).as("no query comes").isNotNull();
    return query;
  }

  /** Has every loader at work, so that what comes then waits. */
  private List<Load> busy() throws InterruptedException {
    List<Load> first = new ArrayList<>();
    for (int i = 0; i < LOADERS; i++) {
      first.add(loads.load(added().hash()));
      loads.callLoader();
      assertThat(nextQuery()).as("at once when all is quiet").hasSize(1);
    }
    return first;
  }

  @Test
  void whatWaitsTravelsTogetherInOrder() throws Exception {
    List<Load> all = busy();
    List<KeyHash> waiting = new ArrayList<>();
    for (int i = 0; i < 2 * ApiKeyStore.MOST_HASHES; i++) {
      waiting.add(added().hash());
      all.add(loads.load(waiting.get(i)));
    }
    mayAnswer.release(); // one loader goes on
    assertThat(nextQuery()).isEqualTo(waiting.subList(0, ApiKeyStore.MOST_HASHES));
    mayAnswer.release();
    assertThat(nextQuery())
        .isEqualTo(waiting.subList(ApiKeyStore.MOST_HASHES, 2 * ApiKeyStore.MOST_HASHES));
    mayAnswer.release(Integer.MAX_VALUE / 2);
    for (Load load : all) {
      assertThat(load.get(20, TimeUnit.SECONDS).found()).isPresent();
    }
    assertThat(queries).isEmpty();
  }

  @Test
  void twoLoadersAreAtWorkUnlessAnotherIsCalled() throws Exception {
    List<Load> first = new ArrayList<>();
    for (int i = 0; i < KeyLoads.USUAL_LOADERS; i++) {
      first.add(loads.load(added().hash()));
      nextQuery();
    }
    KeyHash second = added().hash();
    KeyHash third = added().hash();
    loads.load(second);
    Load last = loads.load(third);
    loads.callLoader();
    assertThat(nextQuery()).as("what waited meanwhile").containsExactly(second, third);
    loads.callLoader();
    mayAnswer.release(first.size() + 1);
    for (Load load : first) {
      load.get(20, TimeUnit.SECONDS);
    }
    last.get(20, TimeUnit.SECONDS);
    assertThat(queries).as("there was nothing to do for more").isEmpty();
  }

  @Test
  void whatAnEvictionOvertookInTheQueueIsNotAskedFor() throws Exception {
    busy();
    Load overtaken = loads.load(added().hash());
    KeyHash other = added().hash();
    loads.load(other);
    loads.overtakeAll();
    assertThat(overtaken.get(20, TimeUnit.SECONDS).overtaken()).isTrue();
    Load again = loads.load(other);
    mayAnswer.release();
    assertThat(nextQuery()).containsExactly(other);
    mayAnswer.release(Integer.MAX_VALUE / 2);
    assertThat(again.get(20, TimeUnit.SECONDS).overtaken()).isFalse();
  }

  @Test
  void howManyWaitIsBounded() throws Exception {
    busy();
    for (int i = 0; i < KeyLoads.MOST_WAITING; i++) {
      assertThat(loads.load(Keys.of("x").hash())).isNotDone();
    }
    KeyHash oneMore = added().hash();
    Load refused = loads.load(oneMore);
    assertThatThrownBy(() -> refused.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StoreException.class);
    mayAnswer.release(Integer.MAX_VALUE / 2);
    nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
    while (loads.load(oneMore).isCompletedExceptionally()) {
      Thread.onSpinWait(); // until there is room again
    }
    assertThat(loads.load(oneMore).get(20, TimeUnit.SECONDS).found()).isPresent();
  }

  /** Each look-up may find the one loader on its way out after the one before. */
  @Test
  void nothingIsLeftWaiting() throws Exception {
    KeyLoads single = loads(threads, 1);
    KeyHash hash = added().hash();
    mayAnswer.release(Integer.MAX_VALUE / 2);
    for (int round = 0; round < 200_000; round++) {
      assertThat(single.load(hash).get(20, TimeUnit.SECONDS).found()).isPresent();
      queries.clear();
    }
  }

  @Test
  void aLoaderThatCannotBeStartedIsNotMissedForGood() throws Exception {
    AtomicInteger starts = new AtomicInteger();
    KeyLoads unlucky =
        loads(
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
  void whatCannotBeKeptFailsAndIsAskedForAgain() throws Exception {
    AtomicInteger kept = new AtomicInteger();
    KeyLoads forgetful =
        new KeyLoads(
            this::find,
            (hash, found) -> {
              if (kept.incrementAndGet() == 1) {
                throw new OutOfMemoryError("heap");
              }
              return found;
            },
            pace,
            threads,
            LOADERS);
    KeyHash hash = added().hash();
    mayAnswer.release(2);
    Load failed = forgetful.load(hash);
    assertThatThrownBy(() -> failed.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(OutOfMemoryError.class);
    assertThat(forgetful.load(hash).get(20, TimeUnit.SECONDS).found()).isPresent();
  }

  @Test
  void queriesThatFindNothingAreHeldBackWhenTheyAreMany() {
    for (int i = 0; i < 10; i++) {
      assertThat(pace.delayNanos()).as("a few are not").isZero();
      pace.queried(100, 49);
    }
    for (int i = 1; i <= 5; i++) {
      pace.queried(100, 49);
      assertThat(pace.delayNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(20 * i));
    }
    pace.queried(100, 50);
    assertThat(pace.delayNanos()).as("no price").isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
    assertThat(pace.delayNanos()).isZero();
    nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
    for (int i = 0; i < 10; i++) {
      pace.queried(1, 0);
    }
    assertThat(pace.delayNanos()).as("nothing is saved up").isZero();
    pace.queried(1, 0);
    assertThat(pace.delayNanos()).isPositive();
  }
}
