package dev.latchkey.internal.auth;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Counts how often something was done since the start, and how long it took. The maximum is that of
 * the last one to two minutes, since one of all times would tell nothing after the first outage.
 *
 * <p>Thread-safe.
 */
final class Timings {
  private static final long WINDOW = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoTime;
  private final LongAdder count = new LongAdder();
  private final LongAdder total = new LongAdder();
  private long windowBegan; // guarded by this, as the next two
  private long max;
  private long maxBefore;

  Timings(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.windowBegan = nanoTime.getAsLong();
  }

  /** Records something that began at a time and has just ended. */
  void record(long begunAtNanos) {
    long now = nanoTime.getAsLong();
    long taken = now - begunAtNanos;
    count.increment();
    total.add(taken);
    synchronized (this) {
      moveWindow(now);
      max = Math.max(max, taken);
    }
  }

  long count() {
    return count.sum();
  }

  Duration total() {
    return Duration.ofNanos(total.sum());
  }

  synchronized Duration max() {
    moveWindow(nanoTime.getAsLong());
    return Duration.ofNanos(Math.max(max, maxBefore));
  }

  private void moveWindow(long now) {
    long age = now - windowBegan;
    if (age >= WINDOW) {
      maxBefore = age < 2 * WINDOW ? max : 0;
      max = 0;
      windowBegan = now;
    }
  }
}
