package dev.latchkey.auth;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How fast queries may follow each other that find next to nothing: a flood of made-up keys costs
 * the store {@value #PER_SECOND} of them a second, each the larger for it, whatever the flood's
 * size. A few at a time are not held back, and queries that find keys never are.
 *
 * <p>Thread-safe.
 */
final class Pace {
  private static final int PER_SECOND = 50;
  private static final int BURST = 10;
  private static final long INTERVAL = Duration.ofSeconds(1).toNanos() / PER_SECOND;

  private final LongSupplier nanoTime;
  private long allowance; // when, at this pace, what was spent so far would have been due

  Pace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.allowance = nanoTime.getAsLong();
  }

  /** How long to wait before the next query, in nanoseconds. */
  synchronized long delayNanos() {
    return Math.max(0, allowance - nanoTime.getAsLong() - BURST * INTERVAL);
  }

  /** Counts a query. */
  synchronized void queried(int asked, int found) {
    if (2 * found < asked) {
      long now = nanoTime.getAsLong();
      allowance = (allowance - now > 0 ? allowance : now) + INTERVAL;
    }
  }
}
