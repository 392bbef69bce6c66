package dev.latchkey.internal.auth;

import static dev.latchkey.internal.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.KeySnapshot;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCacheTest {
  private static final long NOW_MILLIS = NOW.toEpochMilli();
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final PendingLookups<KeyHash, CachedKey> pending = new PendingLookups<>();
  private final KeyCache cache = cache(100);
  private final StoredKey stored = Keys.of("alice");
  private final KeyHash hash = stored.hash();

  private static CachedKey confirmed(StoredKey key, Instant changedAt) {
    return new CachedKey(new KeySnapshot(key, changedAt, false), 0);
  }

  private KeyCache cache(long maximumSize) {
    return new KeyCache(
        new CacheSettings(maximumSize, MINUTE, MINUTE, 100, MINUTE, MINUTE), () -> 0, pending);
  }

  private static CachedKey put(KeyCache cache, CachedKey found) {
    return cache.cacheResult(found, Optional.of(found)).orElseThrow();
  }

  private static CachedKey used(KeyCache cache, StoredKey stored) {
    CachedKey key = put(cache, confirmed(stored, NOW));
    use(cache, key);
    return key;
  }

  private static void use(KeyCache cache, CachedKey key) {
    cache.recordAccess(key);
    key.openFastPath(NOW_MILLIS, MINUTE.toMillis());
  }

  @Test
  void recentKeyIsFoundWhileItsFastPathIsOpen() {
    CachedKey key = used(cache, stored);
    assertThat(cache.getOnFastPath(hash, NOW_MILLIS)).isSameAs(key);
    assertThat(cache.getOnFastPath(hash, NOW_MILLIS + 1_000)).isNull();
    assertThat(cache.get(hash)).isSameAs(key);
  }

  /** Not even in a request that found the key before the invalidation. */
  @Test
  void invalidatedKeyNeverTakesTheFastPathAgain() {
    List<Consumer<KeyHash>> ways =
        List.of(
            cache::invalidate,
            invalidated -> cache.invalidateAll(),
            invalidated -> cache.invalidateUnlessVersion(invalidated, NOW.plusSeconds(1)));
    for (Consumer<KeyHash> way : ways) {
      CachedKey key = used(cache, stored);
      way.accept(hash);
      assertThat(cache.getOnFastPath(hash, NOW_MILLIS)).isNull();
      assertThat(cache.get(hash)).isNull();
      use(cache, key);
      assertThat(key.onFastPath(NOW_MILLIS)).isFalse();
      assertThat(cache.getOnFastPath(hash, NOW_MILLIS)).isNull();
    }
  }

  @Test
  void keyOfTheChangesVersionStays() {
    CachedKey key = used(cache, stored);
    cache.invalidateUnlessVersion(hash, NOW);
    assertThat(cache.getOnFastPath(hash, NOW_MILLIS)).isSameAs(key);
  }

  @Test
  void equalResultConfirmsTheCachedKey() {
    CachedKey key = used(cache, stored);
    assertThat(put(cache, confirmed(stored, NOW))).isSameAs(key);
    assertThat(cache.getOnFastPath(hash, NOW_MILLIS)).isSameAs(key);
  }

  @Test
  void differentResultReplacesTheCachedKey() {
    CachedKey before = used(cache, stored);
    CachedKey after = put(cache, confirmed(stored, NOW.plusSeconds(1)));
    assertThat(after).isNotSameAs(before);
    use(cache, before); // by a request that found it before
    assertThat(cache.getOnFastPath(hash, NOW_MILLIS)).isNull();
    assertThat(cache.get(hash)).isSameAs(after);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 100, 3_000})
  void evictedKeyIsNotFoundOnTheFastPath(long maximumSize) {
    KeyCache few = cache(maximumSize);
    List<CachedKey> keys = Stream.generate(() -> used(few, Keys.of("alice"))).limit(2_000).toList();
    long kept = keys.stream().filter(key -> few.get(key) != null).count();
    assertThat(kept).isEqualTo(Math.min(maximumSize, 2_000));
    for (CachedKey key : keys) {
      if (few.get(key) == null) {
        use(few, key);
        assertThat(few.getOnFastPath(key, NOW_MILLIS)).isNull();
      }
    }
  }

  @Test
  void keysThatShareASlotAreToldApart() {
    KeyCache one = cache(1);
    for (int i = 0; i < 100; i++) {
      used(one, stored);
      assertThat(one.getOnFastPath(Keys.of("bob").hash(), NOW_MILLIS)).isNull();
    }
  }

  @Test
  void everyInvalidationReachesPendingLookupLiveKeyAndUnknownHash() {
    List<Consumer<KeyHash>> ways =
        List.of(
            cache::invalidate,
            invalidated -> cache.invalidateAll(),
            invalidated -> cache.invalidateUnlessVersion(invalidated, NOW.plusSeconds(1)));
    KeyHash unknown = Keys.of("bob").hash();
    for (Consumer<KeyHash> way : ways) {
      PendingLookup<KeyHash, CachedKey> lookup = pending.register(new PendingLookup<>(hash));
      used(cache, stored);
      cache.cacheResult(unknown, Optional.empty());
      way.accept(hash);
      way.accept(unknown);
      assertThat(lookup).isCompletedWithValue(new PendingLookup.Answer<>(Optional.empty(), true));
      assertThat(pending.get(hash)).isNull();
      assertThat(cache.get(hash)).isNull();
      assertThat(cache.isUnknown(unknown)).isFalse();
    }
  }

  @Test
  void closedFastPathsLeaveLiveKeysCached() {
    PendingLookup<KeyHash, CachedKey> lookup = pending.register(new PendingLookup<>(hash));
    CachedKey key = used(cache, stored);
    KeyHash unknown = Keys.of("bob").hash();
    cache.cacheResult(unknown, Optional.empty());
    cache.closeFastPaths();
    assertThat(lookup).isCompletedWithValue(new PendingLookup.Answer<>(Optional.empty(), true));
    assertThat(cache.getOnFastPath(hash, NOW_MILLIS)).isNull();
    assertThat(cache.get(hash)).isSameAs(key);
    assertThat(cache.isUnknown(unknown)).isFalse();
    use(cache, key);
    assertThat(cache.getOnFastPath(hash, NOW_MILLIS)).isSameAs(key);
  }

  @Test
  void resultReplacesItsOpposite() {
    CachedKey key = used(cache, stored);
    cache.cacheResult(hash, Optional.empty());
    assertThat(cache.get(hash)).isNull();
    assertThat(cache.isUnknown(hash)).isTrue();
    assertThat(key.onFastPath(NOW_MILLIS)).isFalse();
    used(cache, stored);
    assertThat(cache.isUnknown(hash)).isFalse();
  }

  /** A concurrent request does not put the key back on the fast path. */
  @Test
  void keyInUseIsInvalidatedToo() throws Exception {
    AtomicReference<KeyHash> current = new AtomicReference<>(hash);
    AtomicBoolean ended = new AtomicBoolean();
    Callable<Void> use =
        () -> {
          while (!ended.get()) {
            CachedKey key = cache.get(current.get());
            if (key != null) {
              use(cache, key);
            }
          }
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<Void>> users = List.of(threads.submit(use), threads.submit(use));
    List<CachedKey> invalidated = new ArrayList<>();
    try {
      for (int i = 0; i < 20_000; i++) {
        StoredKey next = i % 2 == 0 ? stored : Keys.of("bob");
        current.set(next.hash());
        invalidated.add(used(cache, next));
        cache.invalidate(next.hash());
        assertThat(cache.getOnFastPath(next.hash(), NOW_MILLIS)).isNull();
        assertThat(cache.get(next.hash())).isNull();
      }
    } finally {
      ended.set(true);
      threads.shutdown();
    }
    for (Future<Void> user : users) {
      user.get();
    }
    assertThat(invalidated).noneMatch(key -> key.onFastPath(NOW_MILLIS));
  }
}
