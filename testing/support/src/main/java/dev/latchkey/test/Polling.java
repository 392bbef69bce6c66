package dev.latchkey.test;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what does not tell when it has happened. */
public final class Polling {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Polling() {}

  /**
   * Waits until something is so.
   *
   * @param complaint what to say if it does not come to that
   */
  public static void until(BooleanSupplier so, Supplier<String> complaint) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(complaint.get());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
