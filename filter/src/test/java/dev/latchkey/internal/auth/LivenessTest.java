package dev.latchkey.internal.auth;

import static dev.latchkey.internal.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.auth.AuthOutcome.Expired;
import dev.latchkey.internal.auth.AuthOutcome.Unknown;
import dev.latchkey.internal.store.KeySnapshot;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LivenessTest {
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final Duration MAX_STALE = Duration.ofMinutes(20);
  private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration VALIDITY = Duration.ofMinutes(10);

  private final MutableClock clock = new MutableClock(NOW);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // it may overflow
  private final Liveness liveness =
      new Liveness(
          new CacheSettings(100, TTL, MAX_STALE, 100, TTL, LOOKUP_TIMEOUT),
          Duration.ofSeconds(1),
          nanos::get);

  private final StoredKey stored = Keys.of("alice", NOW, NOW.plus(VALIDITY));
  private final CachedKey key = key(false);

  private CachedKey key(boolean ownerDisabled) {
    return new CachedKey(new KeySnapshot(stored, NOW, ownerDisabled), nanos.get());
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    clock.advance(time);
  }

  private AuthOutcome evaluate() {
    return liveness.ofCached(key, clock.millis(), nanos.get());
  }

  private boolean opensFastPath() {
    liveness.openFastPath(key, clock.millis(), nanos.get(), Long.MAX_VALUE);
    boolean opened = key.onFastPath(clock.millis());
    key.closeFastPath();
    return opened;
  }

  @Test
  void keyOfADisabledOwnerIsUnknownEvenIfItIsExpired() {
    CachedKey disabled = key(true);
    assertThat(Liveness.ofConfirmed(disabled, clock.millis())).isInstanceOf(Unknown.class);
    pass(VALIDITY);
    assertThat(Liveness.ofConfirmed(disabled, clock.millis())).isInstanceOf(Unknown.class);
  }

  @Test
  void keyIsExpiredFromItsExpiryOn() {
    pass(VALIDITY.minusMillis(1));
    assertThat(evaluate()).isSameAs(key);
    pass(Duration.ofMillis(1));
    assertThat(evaluate()).isEqualTo(new Expired(NOW.plus(VALIDITY)));
  }

  @Test
  void keyIsRefreshedAfterTtlAndHonouredUntilMaxStale() {
    assertThat(liveness.isRefreshDue(key, nanos.get() + TTL.toNanos())).isFalse();
    assertThat(liveness.isRefreshDue(key, nanos.get() + TTL.toNanos() + 1)).isTrue();
    long last = nanos.get() + MAX_STALE.toNanos();
    assertThat(liveness.ofCached(key, clock.millis(), last)).isSameAs(key);
    assertThat(liveness.ofCached(key, clock.millis(), last + 1)).isNull();
  }

  @Test
  void feedProlongsWhatItHasSeenAllChangesOf() {
    pass(TTL);
    liveness.freshness().onFeedSuccess(nanos.get());
    nanos.addAndGet(MAX_STALE.toNanos());
    assertThat(evaluate()).isSameAs(key);
    nanos.incrementAndGet();
    assertThat(evaluate()).isNull();
  }

  @Test
  void fastPathOpensOnlyIfNothingChangesWithinTheSecond() {
    assertThat(opensFastPath()).isTrue();
    pass(TTL.minusMillis(1_000));
    assertThat(opensFastPath()).as("refreshed at the second's end").isTrue();
    pass(Duration.ofMillis(1_000).plusNanos(1));
    assertThat(opensFastPath()).as("to be refreshed").isFalse();
    assertThat(key.confirm(key(false))).isTrue();
    assertThat(opensFastPath()).isTrue();
    pass(VALIDITY.minus(TTL).minusMillis(1_000));
    assertThat(key.confirm(key(false))).isTrue();
    assertThat(opensFastPath()).as("expires at the second's end").isTrue();
    pass(Duration.ofMillis(1));
    assertThat(opensFastPath()).isTrue();
    Instant soon = clock.instant().plusMillis(500);
    CachedKey sooner = new CachedKey(new KeySnapshot(Keys.of("a", NOW, soon), NOW, false), 0);
    liveness.openFastPath(sooner, clock.millis(), nanos.get(), Long.MAX_VALUE);
    assertThat(sooner.onFastPath(clock.millis())).as("expires within the second").isFalse();
  }

  @Test
  void fastPathStaysClosedOnceTheFeedLostTrack() {
    nanos.incrementAndGet();
    liveness.freshness().onFeedLostTrack();
    assertThat(evaluate()).as("while its confirmation is fetched").isSameAs(key);
    assertThat(liveness.isRefreshDue(key, nanos.get())).isTrue();
    assertThat(opensFastPath()).isFalse();
  }
}
