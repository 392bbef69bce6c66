package dev.latchkey.internal.auth;

import static dev.latchkey.internal.store.Keys.BY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.auth.AuthOutcome.Granted;
import dev.latchkey.internal.auth.AuthOutcome.Unknown;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.KeySnapshot;
import dev.latchkey.internal.store.KeyUse;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.test.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static final int KEYS = 3 * ApiKeyStore.MAX_HASHES;

  /** Look-ups are answered once this thread waits, so has queued a whole page; null: at once. */
  private volatile @Nullable Thread asking;

  private final PausingStore store =
      new PausingStore() {
        @Override
        public Map<KeyHash, KeySnapshot> findByHashes(Collection<KeyHash> hashes) {
          while (asking != null && asking.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
          }
          return super.findByHashes(hashes);
        }
      };
  private final AtomicLong nanos = new AtomicLong();
  private final ExecutorService threads = Executors.newSingleThreadExecutor();
  private final CachingAuthenticator cache =
      new CachingAuthenticator(
          store,
          CacheSettings.DEFAULT,
          Duration.ofSeconds(1),
          new MutableClock(Keys.NOW),
          nanos::get,
          threads,
          new LastUsed(store, 1, System::nanoTime),
          OwnerCache.asksNobody(store));
  private final List<StoredKey> keys = new ArrayList<>();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  /** Ordered by last use; the last key was never used. */
  private void addKeys() {
    List<KeyUse> uses = new ArrayList<>();
    for (int i = 0; i <= KEYS; i++) {
      StoredKey key = Keys.of("owner " + i);
      keys.add(key);
      store.add(key, 1, false, BY);
      if (i < KEYS) {
        uses.add(new KeyUse(key.hash(), Keys.NOW.plusSeconds(i), "192.0.2.1"));
      }
    }
    store.recordUses(uses);
  }

  private AuthOutcome authenticate(StoredKey key) {
    return cache.authenticate(key.hash(), () -> "192.0.2.1");
  }

  @Test
  void mostRecentlyUsedKeysAreCachedUpToTheLimit() {
    addKeys();
    asking = Thread.currentThread();
    new WarmUp(store, cache, KEYS - 10).run();
    asking = null;
    int before = store.lookups();
    // A page is one query, or two if the loader started before the whole page was queued.
    assertThat(before).as("in few queries").isBetween(1, 6);
    for (StoredKey key : keys.subList(10, KEYS)) {
      assertThat(authenticate(key)).isInstanceOf(Granted.class);
    }
    assertThat(store.lookups()).isEqualTo(before);
    authenticate(keys.get(9));
    authenticate(keys.get(KEYS));
    assertThat(store.lookups()).isEqualTo(before + 2);
  }

  @Test
  void keyRevokedMeanwhileIsNotCached() throws Exception {
    addKeys();
    PausingStore.Pause pause = store.pause();
    Thread warmingUp = new Thread(new WarmUp(store, cache, KEYS)::run);
    warmingUp.start();
    pause.awaitRead(); // some rows of the page were read
    StoredKey last = keys.get(KEYS - 1);
    store.delete(last.owner(), last.tag(), BY);
    cache.invalidate(last.hash());
    pause.end();
    warmingUp.join(TimeUnit.SECONDS.toMillis(20));
    assertThat(warmingUp.isAlive()).isFalse();
    assertThat(authenticate(last)).isInstanceOf(Unknown.class);
  }

  @Test
  void unreadableRowIsSkipped() {
    addKeys();
    store.spoil(keys.get(KEYS - 1).hash());
    new WarmUp(store, cache, KEYS).run();
    int before = store.lookups();
    for (StoredKey key : keys.subList(0, KEYS - 1)) {
      assertThat(authenticate(key)).isInstanceOf(Granted.class);
    }
    assertThat(store.lookups()).isEqualTo(before);
  }

  @Test
  void failingStoreEndsTheWarmUp() {
    addKeys();
    store.setDown(true);
    new WarmUp(store, cache, KEYS).run();
    store.setDown(false);
    assertThat(authenticate(keys.get(0))).isInstanceOf(Granted.class);
  }
}
