package dev.latchkey.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.FeedState;
import dev.latchkey.internal.auth.AuthOutcome.Granted;
import dev.latchkey.internal.auth.AuthOutcome.Unavailable;
import dev.latchkey.internal.auth.AuthOutcome.Unknown;
import dev.latchkey.internal.store.Change;
import dev.latchkey.internal.store.KeyEdit;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeFeedTest {
  private static final Supplier<String> FROM = () -> "192.0.2.1";
  private static final Duration WINDOW = Duration.ofSeconds(30);

  private final AtomicLong nanos = new AtomicLong();
  private Duration stalled = Duration.ZERO;
  private Duration clockIsAhead = Duration.ZERO;
  private final Deque<Instant> asked = new ArrayDeque<>();
  private final PausingStore store =
      new PausingStore() {
        @Override
        public synchronized Instant now() {
          return super.now().plus(clockIsAhead);
        }

        @Override
        public synchronized List<Change> changes(Change after, int limit) {
          asked.add(after.at());
          pass(stalled);
          return super.changes(after, limit);
        }
      };
  private final MutableClock clock = new MutableClock(Keys.NOW);
  private final CachingAuthenticator cache =
      new CachingAuthenticator(
          store,
          CacheSettings.DEFAULT,
          Duration.ofSeconds(1),
          clock,
          nanos::get,
          Runnable::run,
          new LastUsed(store, 100_000, System::nanoTime));
  private final ChangeFeed feed = new ChangeFeed(store, cache, WINDOW, clock, nanos::get);
  private final StoredKey key = Keys.of("alice");

  @BeforeEach
  void begin() {
    feed.poll();
    asked.clear();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void whatAnotherNodeDeletedIsForgotten() {
    store.add(key, 1);
    feed.poll();
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    store.delete("alice", key.tag());
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    feed.poll();
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Unknown.class);
  }

  @Test
  void whatAnotherNodeAddedIsNotRememberedAsUnknown() {
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Unknown.class);
    store.add(key, 1);
    feed.poll();
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
  }

  @Test
  void aChangeIsEvictedOnce() {
    store.add(key, 1);
    feed.poll();
    cache.authenticate(key.hash(), FROM);
    feed.poll();
    cache.authenticate(key.hash(), FROM);
    assertThat(store.lookups()).isEqualTo(1);
  }

  @Test
  void whatWasReadSinceTheChangeIsKept() {
    store.add(key, 1);
    cache.authenticate(key.hash(), FROM);
    feed.poll(); // tells of the addition, which is what was read
    store.setDown(true);
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    assertThat(store.lookups()).isEqualTo(1);
  }

  /** The feed asks first whether look-ups are answered again, and evicts then. */
  @Test
  void keyEditedDuringAnOutageIsLookedUpWhenTheFeedIsBack() {
    store.add(key, 1);
    feed.poll();
    cache.authenticate(key.hash(), FROM);
    store.setDown(true);
    assertThat(cache.authenticate(Keys.of("x").hash(), FROM)).isInstanceOf(Unavailable.class);
    store.setDown(false);
    store.edit("alice", key.tag(), new KeyEdit("by another node", null), clock.instant());
    feed.poll();
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
  }

  @Test
  void afterALongSilenceAllMustBeConfirmed() {
    store.add(key, 1);
    feed.poll();
    cache.authenticate(key.hash(), FROM);
    store.setDown(true);
    pass(WINDOW);
    feed.poll();
    assertThat(cache.authenticate(key.hash(), FROM))
        .isInstanceOf(Granted.class); // honoured meanwhile
    pass(Duration.ofNanos(1));
    store.setDown(false);
    feed.poll();
    cache.authenticate(key.hash(), FROM);
    assertThat(store.lookups()).isEqualTo(2);
  }

  @Test
  void aSlowAnswerCountsAsSilence() {
    store.add(key, 1);
    feed.poll();
    cache.authenticate(key.hash(), FROM);
    pass(Duration.ofSeconds(1));
    stalled = WINDOW;
    feed.poll();
    cache.authenticate(key.hash(), FROM);
    assertThat(store.lookups()).isEqualTo(2);
  }

  private Duration reach() {
    return Duration.between(asked.getLast(), store.now());
  }

  @Test
  void theQuestionReachesAWindowBackFromTheLastSuccess() {
    feed.poll();
    assertThat(reach()).isBetween(WINDOW, WINDOW.plusSeconds(5));
    pass(Duration.ofSeconds(20));
    feed.poll();
    assertThat(reach()).isBetween(WINDOW.plusSeconds(20), WINDOW.plusSeconds(25));
    pass(Duration.ofDays(20)); // after which all is forgotten anyway
    feed.poll();
    assertThat(reach()).isBetween(WINDOW.multipliedBy(2), WINDOW.multipliedBy(2).plusSeconds(5));
  }

  @Test
  void whatChangedBeforeTheStoresClockWasSetIsSeen() {
    Duration day = Duration.ofDays(1);
    for (Duration step : List.of(day, Duration.ZERO, day.negated(), Duration.ZERO)) {
      feed.poll();
      store.add(key, 1);
      cache.authenticate(key.hash(), FROM);
      feed.poll();
      store.delete("alice", key.tag());
      clockIsAhead = step;
      feed.poll();
      assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Unknown.class);
      cache.invalidateAll();
    }
  }

  @Test
  void changesOfManyPagesAreSeen() {
    List<StoredKey> keys = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      StoredKey one = Keys.of("owner" + i % 10);
      keys.add(one);
      store.add(one, 2_000);
      assertThat(cache.authenticate(one.hash(), FROM)).isInstanceOf(Granted.class);
    }
    for (int i = 0; i < 10; i++) {
      store.setOwnerDisabled("owner" + i, true);
    }
    feed.poll();
    assertThat(asked).hasSizeGreaterThan(1);
    keys.forEach(
        one -> assertThat(cache.authenticate(one.hash(), FROM)).isInstanceOf(Unknown.class));
  }

  @Test
  void itsStateIsTold() {
    ChangeFeed fresh = new ChangeFeed(store, cache, WINDOW, clock, nanos::get);
    pass(Duration.ofSeconds(3));
    assertThat(fresh.state()).isEqualTo(new FeedState(Optional.empty(), Duration.ofSeconds(3)));
    fresh.poll();
    pass(Duration.ofSeconds(1));
    assertThat(fresh.state())
        .isEqualTo(new FeedState(Optional.of(Keys.NOW), Duration.ofSeconds(1)));
    store.setDown(true);
    clock.advance(Duration.ofSeconds(2));
    pass(Duration.ofSeconds(1));
    fresh.poll();
    assertThat(fresh.state())
        .isEqualTo(new FeedState(Optional.of(Keys.NOW), Duration.ofSeconds(2)));
    store.setDown(false);
    fresh.poll();
    assertThat(fresh.state())
        .isEqualTo(new FeedState(Optional.of(Keys.NOW.plusSeconds(2)), Duration.ZERO));
  }

  @Test
  void whatWasReadBeforeTheFirstAnswerIsForgotten() {
    ChangeFeed fresh = new ChangeFeed(store, cache, WINDOW, clock, nanos::get);
    store.add(key, 1);
    cache.authenticate(key.hash(), FROM);
    store.delete("alice", key.tag());
    clockIsAhead = Duration.ofDays(1); // how long ago the start was, by this clock, nobody knows
    fresh.poll();
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Unknown.class);
  }

  @Test
  void whatDisabledAnOwnerElsewhereIsSeen() {
    store.add(key, 1);
    feed.poll();
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    store.setOwnerDisabled("alice", true);
    feed.poll();
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Unknown.class);
    store.setOwnerDisabled("alice", false);
    feed.poll();
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
  }

  @Test
  void afterAShortSilenceNothingElseIsForgotten() {
    store.add(key, 1);
    feed.poll();
    cache.authenticate(key.hash(), FROM);
    pass(WINDOW);
    feed.poll();
    cache.authenticate(key.hash(), FROM);
    assertThat(store.lookups()).isEqualTo(1);
  }

  @Test
  void whatTheFeedConfirmsOutlivesAnOutageByMaxStale() {
    store.add(key, 1);
    feed.poll();
    cache.authenticate(key.hash(), FROM);
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
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    pass(Duration.ofNanos(1));
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Unavailable.class);
  }
}
