package dev.latchkey.internal.auth;

import static dev.latchkey.internal.store.Keys.BY;
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
          new LastUsed(store, 100_000, System::nanoTime),
          OwnerCache.asksNobody(store));
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
  void keyRevokedOnAnotherNodeIsInvalidated() {
    store.add(key, 1, false, BY);
    feed.poll();
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    store.delete("alice", key.tag(), BY);
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    feed.poll();
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Unknown.class);
  }

  @Test
  void keyAddedOnAnotherNodeIsNoLongerUnknown() {
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Unknown.class);
    store.add(key, 1, false, BY);
    feed.poll();
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
  }

  @Test
  void changeIsAppliedOnce() {
    store.add(key, 1, false, BY);
    feed.poll();
    cache.authenticate(key.hash(), FROM);
    feed.poll();
    cache.authenticate(key.hash(), FROM);
    assertThat(store.lookups()).isEqualTo(1);
  }

  @Test
  void keyReadSinceTheChangeStaysCached() {
    store.add(key, 1, false, BY);
    cache.authenticate(key.hash(), FROM);
    feed.poll(); // reports the addition, which the cache has read
    store.setDown(true);
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    assertThat(store.lookups()).isEqualTo(1);
  }

  /** The feed first probes whether look-ups work, then invalidates. */
  @Test
  void keyEditedDuringAnOutageIsLookedUpWhenTheFeedIsBack() {
    store.add(key, 1, false, BY);
    feed.poll();
    cache.authenticate(key.hash(), FROM);
    store.setDown(true);
    assertThat(cache.authenticate(Keys.of("x").hash(), FROM)).isInstanceOf(Unavailable.class);
    store.setDown(false);
    store.edit("alice", key.tag(), new KeyEdit("by another node", null), clock.instant(), BY);
    feed.poll();
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
  }

  @Test
  void allKeysMustBeConfirmedAfterALongSilence() {
    store.add(key, 1, false, BY);
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
  void slowAnswerCountsAsSilence() {
    store.add(key, 1, false, BY);
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
  void pollReachesAWindowBackFromTheLastSuccess() {
    feed.poll();
    assertThat(reach()).isBetween(WINDOW, WINDOW.plusSeconds(5));
    pass(Duration.ofSeconds(20));
    feed.poll();
    assertThat(reach()).isBetween(WINDOW.plusSeconds(20), WINDOW.plusSeconds(25));
    pass(Duration.ofDays(20)); // longer than any window
    feed.poll();
    assertThat(reach()).isBetween(WINDOW.multipliedBy(2), WINDOW.multipliedBy(2).plusSeconds(5));
  }

  @Test
  void changeBeforeAStepOfTheStoresClockIsSeen() {
    Duration day = Duration.ofDays(1);
    for (Duration step : List.of(day, Duration.ZERO, day.negated(), Duration.ZERO)) {
      feed.poll();
      store.add(key, 1, false, BY);
      cache.authenticate(key.hash(), FROM);
      feed.poll();
      store.delete("alice", key.tag(), BY);
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
      store.add(one, 2_000, false, BY);
      assertThat(cache.authenticate(one.hash(), FROM)).isInstanceOf(Granted.class);
    }
    for (int i = 0; i < 10; i++) {
      store.setOwnerDisabled("owner" + i, true, BY);
    }
    feed.poll();
    assertThat(asked).hasSizeGreaterThan(1);
    keys.forEach(
        one -> assertThat(cache.authenticate(one.hash(), FROM)).isInstanceOf(Unknown.class));
  }

  @Test
  void stateReportsLastSuccessAndLag() {
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
  void keyReadBeforeTheFirstSuccessIsInvalidated() {
    ChangeFeed fresh = new ChangeFeed(store, cache, WINDOW, clock, nanos::get);
    store.add(key, 1, false, BY);
    cache.authenticate(key.hash(), FROM);
    store.delete("alice", key.tag(), BY);
    clockIsAhead = Duration.ofDays(1); // the lag must not depend on this clock
    fresh.poll();
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Unknown.class);
  }

  @Test
  void ownerDisabledOnAnotherNodeIsSeen() {
    store.add(key, 1, false, BY);
    feed.poll();
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    store.setOwnerDisabled("alice", true, BY);
    feed.poll();
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Unknown.class);
    store.setOwnerDisabled("alice", false, BY);
    feed.poll();
    assertThat(cache.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
  }

  @Test
  void otherKeysStayCachedAfterAShortSilence() {
    store.add(key, 1, false, BY);
    feed.poll();
    cache.authenticate(key.hash(), FROM);
    pass(WINDOW);
    feed.poll();
    cache.authenticate(key.hash(), FROM);
    assertThat(store.lookups()).isEqualTo(1);
  }

  @Test
  void keyConfirmedByTheFeedOutlivesAnOutageByMaxStale() {
    store.add(key, 1, false, BY);
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
