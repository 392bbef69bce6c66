package dev.latchkey.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StoreCircuitBreakerTest {
  private static final Exception FAILURE = new Exception("down");

  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000); // may overflow
  private final StoreCircuitBreaker breaker =
      new StoreCircuitBreaker("store", "keys get 503", nanoTime::get);

  private void pass(Duration duration) {
    nanoTime.addAndGet(duration.toNanos());
  }

  private void open() {
    pass(Duration.ofMillis(1));
    breaker.onFailure(nanoTime.get(), FAILURE);
    assertThat(breaker.isOpen()).isTrue();
  }

  @Test
  void failureBesideAnAnswerDoesNotOpen() {
    long begun = nanoTime.get();
    pass(Duration.ofMillis(1));
    breaker.onOtherAnswer();
    breaker.onFailure(begun, FAILURE);
    assertThat(breaker.isOpen()).isFalse();
  }

  @Test
  void onlyASuccessCloses() {
    open();
    breaker.onOtherAnswer();
    assertThat(breaker.isOpen()).isTrue();
    breaker.onSuccess();
    assertThat(breaker.isOpen()).isFalse();
  }

  @Test
  void oneProbeAtATimeAMomentAfterTheLastFailure() {
    open();
    assertThat(breaker.tryHalfOpen()).isFalse();
    pass(Duration.ofMillis(250));
    assertThat(breaker.tryHalfOpen()).isTrue();
    assertThat(breaker.tryHalfOpen()).isFalse();
    breaker.endHalfOpen();
    assertThat(breaker.tryHalfOpen()).isTrue();
  }

  /** Such as one in the application's code that waits without a timeout. */
  @Test
  void probeThatHangsDoesNotKeepTheCircuitOpen() {
    open();
    pass(Duration.ofMillis(250));
    assertThat(breaker.tryHalfOpen()).isTrue();
    pass(Duration.ofSeconds(29));
    assertThat(breaker.tryHalfOpen()).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(breaker.tryHalfOpen()).isTrue();
    assertThat(breaker.tryHalfOpen()).isFalse();
  }
}
