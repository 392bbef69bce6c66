package dev.latchkey.internal.log;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets a warning be written once a minute, where callers could otherwise fill the log.
 *
 * <p>Thread-safe.
 */
public final class OncePerMinute {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoTime;
  private final AtomicLong due;

  /** Begins with a warning that is due. */
  public OncePerMinute(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.due = new AtomicLong(nanoTime.getAsLong());
  }

  /** Returns whether to write the warning now; to one thread a minute. */
  public boolean isDue() {
    long now = nanoTime.getAsLong();
    long at = due.get();
    return now - at >= 0 && due.compareAndSet(at, now + MINUTE);
  }
}
