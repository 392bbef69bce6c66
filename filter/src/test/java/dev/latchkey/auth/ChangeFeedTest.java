package dev.latchkey.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthResult.Granted;
import dev.latchkey.auth.AuthResult.Unavailable;
import dev.latchkey.auth.AuthResult.Unknown;
import dev.latchkey.key.KeyHash;
import dev.latchkey.store.Keys;
import dev.latchkey.store.StoredKey;
import dev.latchkey.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ChangeFeedTest {
  private static final Duration WINDOW = Duration.ofSeconds(30);

  private final AtomicLong nanos = new AtomicLong();
  private Duration stalled = Duration.ZERO;
  private Duration asked = Duration.ZERO;
  private final PausingStore store =
      new PausingStore() {
        @Override
        public synchronized Map<KeyHash, Instant> changes(Duration within) {
          asked = within;
          pass(stalled);
          return super.changes(within);
        }
      };
  private final CachingAuthenticator cache =
      new CachingAuthenticator(
          store, CacheSettings.DEFAULT, new MutableClock(Keys.NOW), nanos::get, Runnable::run);
  private final ChangeFeed feed = new ChangeFeed(store, cache, WINDOW, nanos::get);
  private final StoredKey key = Keys.of("alice");

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void whatAnotherNodeDeletedIsForgotten() {
    store.add(key, 1);
    feed.poll();
    assertThat(cache.authenticate(key.hash())).isInstanceOf(Granted.class);
    store.delete("alice", key.tag());
    assertThat(cache.authenticate(key.hash())).isInstanceOf(Granted.class);
    feed.poll();
    assertThat(cache.authenticate(key.hash())).isInstanceOf(Unknown.class);
  }

  @Test
  void whatAnotherNodeAddedIsNotRememberedAsUnknown() {
    assertThat(cache.authenticate(key.hash())).isInstanceOf(Unknown.class);
    store.add(key, 1);
    feed.poll();
    assertThat(cache.authenticate(key.hash())).isInstanceOf(Granted.class);
  }

  @Test
  void aChangeIsEvictedOnce() {
    store.add(key, 1);
    feed.poll();
    cache.authenticate(key.hash());
    feed.poll();
    cache.authenticate(key.hash());
    assertThat(store.lookups()).isEqualTo(1);
  }

  @Test
  void whatWasReadSinceTheChangeIsKept() {
    store.add(key, 1);
    cache.authenticate(key.hash());
    feed.poll(); // tells of the addition, which is what was read
    store.setDown(true);
    assertThat(cache.authenticate(key.hash())).isInstanceOf(Granted.class);
    assertThat(store.lookups()).isEqualTo(1);
  }

  @Test
  void afterALongSilenceAllIsForgotten() {
    store.add(key, 1);
    feed.poll();
    cache.authenticate(key.hash());
    store.setDown(true);
    pass(WINDOW);
    feed.poll();
    assertThat(cache.authenticate(key.hash())).isInstanceOf(Granted.class); // honoured meanwhile
    pass(Duration.ofNanos(1));
    store.setDown(false);
    feed.poll();
    cache.authenticate(key.hash());
    assertThat(store.lookups()).isEqualTo(2);
  }

  @Test
  void aSlowAnswerCountsAsSilence() {
    store.add(key, 1);
    feed.poll();
    cache.authenticate(key.hash());
    pass(Duration.ofSeconds(1));
    stalled = WINDOW;
    feed.poll();
    cache.authenticate(key.hash());
    assertThat(store.lookups()).isEqualTo(2);
  }

  @Test
  void theQuestionReachesAWindowBackFromTheLastSuccess() {
    store.add(key, 1);
    feed.poll();
    assertThat(asked).isEqualTo(WINDOW);
    pass(Duration.ofSeconds(20));
    feed.poll();
    assertThat(asked).isEqualTo(WINDOW.plusSeconds(20));
  }

  @Test
  void afterAShortSilenceNothingElseIsForgotten() {
    store.add(key, 1);
    feed.poll();
    cache.authenticate(key.hash());
    pass(WINDOW);
    feed.poll();
    cache.authenticate(key.hash());
    assertThat(store.lookups()).isEqualTo(1);
  }

  @Test
  void whatTheFeedConfirmsOutlivesAnOutageByMaxStale() {
    store.add(key, 1);
    feed.poll();
    cache.authenticate(key.hash());
    Duration hour = Duration.ofHours(1);
    for (Duration passed = Duration.ZERO;
        passed.compareTo(hour) < 0;
        passed = passed.plus(WINDOW)) {
      pass(WINDOW);
      feed.poll();
    }
    store.setDown(true);
    pass(CacheSettings.DEFAULT.maxStale());
    feed.poll();
    assertThat(cache.authenticate(key.hash())).isInstanceOf(Granted.class);
    pass(Duration.ofNanos(1));
    assertThat(cache.authenticate(key.hash())).isInstanceOf(Unavailable.class);
  }
}
