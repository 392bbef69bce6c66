package dev.latchkey.internal.manage;

import dev.latchkey.auth.StoreException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Holds a node's bulk revocations to a number of keys a second. Each node reads again and again
 * what has changed within the feed's window, half a minute by default: so there are never more than
 * some 100 000 changes in it, however many keys are revoked, and nobody learns of one late.
 *
 * <p>Thread-safe.
 */
public final class Pace {
  private static final long NANOS_A_KEY = TimeUnit.SECONDS.toNanos(1) / 3_000;

  private final LongSupplier nanoTime;
  private final Sleeper sleeper;
  private long freeAtNanos;

  /** Waits for a time. */
  @FunctionalInterface
  public interface Sleeper {
    /** Waits. */
    void sleep(long nanos) throws InterruptedException;
  }

  /** Creates a pace by a clock, which measures what the sleeper waits. */
  public Pace(LongSupplier nanoTime, Sleeper sleeper) {
    this.nanoTime = nanoTime;
    this.sleeper = sleeper;
    this.freeAtNanos = nanoTime.getAsLong();
  }

  /** Creates a pace by the system's clock. */
  public static Pace ofSystem() {
    return new Pace(System::nanoTime, TimeUnit.NANOSECONDS::sleep);
  }

  /** Returns the time by its clock. */
  long nanoTime() {
    return nanoTime.getAsLong();
  }

  /**
   * Waits until so many keys may be revoked.
   *
   * @throws StoreException if the thread is interrupted
   */
  void await(int keys) {
    long wait = reserve(keys);
    if (wait <= 0) {
      return;
    }
    try {
      sleeper.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted between two portions of a revocation", e);
    }
  }

  /** Returns how long to wait; what comes later waits for these keys, too. */
  private synchronized long reserve(int keys) {
    long now = nanoTime();
    long wait = Math.max(0, freeAtNanos - now);
    freeAtNanos = now + wait + keys * NANOS_A_KEY;
    return wait;
  }
}
