package dev.latchkey.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MissRateLimiterTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // it may overflow
  private final MissRateLimiter limiter = new MissRateLimiter(nanos::get);

  private void misses(int count) {
    for (int i = 0; i < count; i++) {
      limiter.recordQuery(100, 49);
    }
  }

  @Test
  void burstIsNotDelayed() {
    misses(10);
    assertThat(limiter.delayNanos()).isZero();
  }

  @Test
  void missesAreLimitedToFiftyASecond() {
    misses(10);
    for (int i = 1; i <= 5; i++) {
      misses(1);
      assertThat(limiter.delayNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(20 * i));
    }
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
    assertThat(limiter.delayNanos()).isZero();
  }

  @Test
  void queryThatFindsKeysIsNotLimited() {
    misses(11);
    long before = limiter.delayNanos();
    limiter.recordQuery(100, 50);
    assertThat(limiter.delayNanos()).isEqualTo(before);
  }

  @Test
  void quietTimeEarnsNoLargerBurst() {
    misses(5);
    nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
    misses(10);
    assertThat(limiter.delayNanos()).isZero();
    misses(1);
    assertThat(limiter.delayNanos()).isPositive();
  }
}
