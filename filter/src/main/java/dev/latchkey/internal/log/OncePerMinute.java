package dev.latchkey.internal.log;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Limits a warning to once a minute, where callers could otherwise fill the log.
 *
 * <p>Thread-safe.
 */
public final class OncePerMinute {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoTime;
  private final AtomicLong due;

  /** Creates a limit; the first warning is due at once. */
  public OncePerMinute(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.due = new AtomicLong(nanoTime.getAsLong());
  }

  /** Returns whether to log the warning now: true for one caller a minute. */
  public boolean isDue() {
    long now = nanoTime.getAsLong();
    long at = due.get();
    return now - at >= 0 && due.compareAndSet(at, now + MINUTE);
  }
}
