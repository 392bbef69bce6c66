package dev.latchkey.faults;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what does not tell when it has happened. */
final class Waiting {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Waiting() {}

  /** Waits until something is so; says how long that took. */
  static Duration until(BooleanSupplier so, Supplier<String> complaint) {
    long start = System.nanoTime();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError(complaint.get());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(2);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
