package dev.latchkey.internal.auth;

import static dev.latchkey.internal.store.Keys.BY;
import static dev.latchkey.internal.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.InMemoryApiKeyStore;
import dev.latchkey.internal.store.KeySnapshot;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.test.MutableClock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Each figure counts what it says, once. Look-ups run on the caller's thread. */
class LookupStatsTest {
  private static final Duration QUERY = Duration.ofMillis(7);

  private final MutableClock clock = new MutableClock(NOW);
  private final AtomicLong nanos = new AtomicLong();
  private final InMemoryApiKeyStore store =
      new InMemoryApiKeyStore() {
        @Override
        public Map<KeyHash, KeySnapshot> findByHashes(Collection<KeyHash> hashes) {
          nanos.addAndGet(QUERY.toNanos());
          return super.findByHashes(hashes);
        }
      };
  private final CachingAuthenticator authenticator =
      new CachingAuthenticator(
          store,
          CacheSettings.DEFAULT,
          Duration.ofSeconds(1),
          clock,
          nanos::get,
          Runnable::run,
          new LastUsed(store, 100, nanos::get),
          OwnerCache.asksNobody(store));

  private StoredKey added() {
    StoredKey key = Keys.of("alice");
    store.add(key, 1_000, false, BY);
    return key;
  }

  private void ask(KeyHash hash) {
    authenticator.authenticate(hash, () -> "");
  }

  private Map<String, Long> outcomes() {
    Map<String, Long> outcomes = new HashMap<>(authenticator.outcomes().byOutcome());
    outcomes.values().removeIf(count -> count == 0);
    return outcomes;
  }

  private LookupStats stats() {
    return authenticator.stats();
  }

  @Test
  void keyIsMissedOnceAndThenFound() {
    KeyHash hash = added().hash();
    for (int i = 0; i < 5; i++) { // the third is on the fast path
      ask(hash);
    }
    assertThat(stats().misses()).isEqualTo(1);
    assertThat(stats().hits()).isEqualTo(4);
    assertThat(outcomes()).isEqualTo(Map.of("accepted", 5L));
    assertThat(stats().liveKeys()).isEqualTo(1);
    assertThat(stats().unknownKeys()).isZero();
  }

  @Test
  void unknownKeyIsMissedOnceAndThenFoundUnknown() {
    KeyHash hash = Keys.of("nobody").hash();
    ask(hash);
    ask(hash);
    ask(hash);
    assertThat(stats().misses()).isEqualTo(1);
    assertThat(stats().hits()).isEqualTo(2);
    assertThat(outcomes()).isEqualTo(Map.of("invalid-key", 3L));
    assertThat(stats().liveKeys()).isZero();
    assertThat(stats().unknownKeys()).isEqualTo(1);
  }

  @Test
  void expiredKeyCountsAsSuchFromTheStoreAndFromTheCache() {
    KeyHash hash = added().hash();
    clock.advance(Duration.ofDays(2));
    ask(hash);
    ask(hash);
    assertThat(outcomes()).isEqualTo(Map.of("expired-key", 2L));
    assertThat(stats().misses()).isEqualTo(1);
    assertThat(stats().hits()).isEqualTo(1);
  }

  @Test
  void timesAreThoseOfTheQuery() {
    ask(added().hash());
    ask(added().hash());
    assertThat(stats().waited()).isEqualTo(QUERY.multipliedBy(2));
    assertThat(stats().longestWait()).isEqualTo(QUERY);
    assertThat(stats().queries()).isEqualTo(2);
    assertThat(stats().queryTime()).isEqualTo(QUERY.multipliedBy(2));
    assertThat(stats().longestQuery()).isEqualTo(QUERY);
    assertThat(stats().queriedKeys()).isEqualTo(2);
  }

  @Test
  void outageOpensTheCircuitAndIsNoQueryAnyMore() {
    KeyHash hash = added().hash();
    store.setDown(true);
    nanos.incrementAndGet();
    assertThat(stats().storeDown()).isFalse();
    ask(hash);
    assertThat(stats().storeDown()).isTrue();
    assertThat(stats().ownersDown()).isFalse();
    ask(hash); // fails at once
    assertThat(outcomes()).isEqualTo(Map.of("store-unavailable", 2L));
    assertThat(stats().misses()).isEqualTo(2);
    assertThat(stats().queries()).as("failed ones, too").isEqualTo(1);
    store.setDown(false);
    authenticator.onStoreAnswer();
    assertThat(stats().storeDown()).isFalse();
    assertThat(stats().queries()).as("probes are none").isEqualTo(1);
    assertThat(stats().queriedKeys()).isEqualTo(1);
  }

  @Test
  void keysOfAFloodAreCountedAsRateLimited() {
    for (int i = 0; i < 10; i++) {
      ask(Keys.of("nobody").hash());
      nanos.addAndGet(-QUERY.toNanos()); // no time passes
    }
    assertThat(stats().rateLimited()).as("a burst of ten is free").isZero();
    ask(Keys.of("nobody").hash());
    assertThat(stats().rateLimited()).isEqualTo(1);
  }

  @Test
  void preloadedKeysAreNoMisses() throws Exception {
    StoredKey key = added();
    authenticator.preload(List.of(key.hash()));
    assertThat(stats().misses()).isZero();
    assertThat(stats().queriedKeys()).isEqualTo(1);
    ask(key.hash());
    assertThat(stats().hits()).isEqualTo(1);
  }
}
