package dev.latchkey.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimingsTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000); // it may overflow
  private final Timings timings = new Timings(nanos::get);

  private void take(long millis) {
    long begun = nanos.get();
    pass(Duration.ofMillis(millis));
    timings.record(begun);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void countAndTotalAddUp() {
    take(30);
    take(10);
    assertThat(timings.count()).isEqualTo(2);
    assertThat(timings.total()).isEqualTo(Duration.ofMillis(40));
    assertThat(timings.max()).isEqualTo(Duration.ofMillis(30));
  }

  @Test
  void maximumIsForgottenAfterTwoMinutesAndTotalsAreNot() {
    take(30);
    pass(Duration.ofSeconds(59));
    take(10);
    assertThat(timings.max()).isEqualTo(Duration.ofMillis(30));
    pass(Duration.ofSeconds(59));
    assertThat(timings.max()).as("a minute later").isEqualTo(Duration.ofMillis(30));
    take(5);
    pass(Duration.ofSeconds(60));
    assertThat(timings.max()).as("of the last minute").isEqualTo(Duration.ofMillis(5));
    pass(Duration.ofMinutes(2));
    assertThat(timings.max()).isZero();
    assertThat(timings.count()).isEqualTo(3);
    assertThat(timings.total()).isEqualTo(Duration.ofMillis(45));
  }

  @Test
  void nothingRecordedIsZero() {
    pass(Duration.ofDays(1));
    assertThat(timings.count()).isZero();
    assertThat(timings.total()).isZero();
    assertThat(timings.max()).isZero();
  }
}
