package dev.latchkey.internal.auth;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Rate limiter (GCRA) for queries that find few keys: a flood of made-up keys of any size costs the
 * store {@value #QUERIES_PER_SECOND} queries a second, with larger batches. A burst of {@value
 * #BURST} queries is not delayed, nor is a query that finds keys.
 *
 * <p>Thread-safe.
 */
final class MissRateLimiter {
  private static final int QUERIES_PER_SECOND = 50;
  private static final int BURST = 10;
  private static final long INTERVAL = Duration.ofSeconds(1).toNanos() / QUERIES_PER_SECOND;

  private final LongSupplier nanoTime;
  private long theoreticalArrivalNanos;

  MissRateLimiter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.theoreticalArrivalNanos = nanoTime.getAsLong();
  }

  /** Returns how many nanoseconds to wait before the next query. */
  synchronized long delayNanos() {
    return Math.max(0, theoreticalArrivalNanos - nanoTime.getAsLong() - BURST * INTERVAL);
  }

  /** Records a query. It counts if it found less than half of the hashes. */
  synchronized void recordQuery(int asked, int found) {
    if (2 * found < asked) {
      long now = nanoTime.getAsLong();
      theoreticalArrivalNanos =
          (theoreticalArrivalNanos - now > 0 ? theoreticalArrivalNanos : now) + INTERVAL;
    }
  }
}
