package dev.latchkey.internal.auth;

import dev.latchkey.internal.log.Causes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Circuit breaker in front of the store. A look-up that fails opens it, unless the store answered
 * anything since that look-up began. While it is open, look-ups fail at once; one probe at a time,
 * which no request waits for, makes it half-open. A look-up that succeeds closes it.
 *
 * <p>Thread-safe.
 */
final class StoreCircuitBreaker {
  private static final Logger log = System.getLogger(StoreCircuitBreaker.class.getName());
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(250);

  /** A probe that takes so long may never return, as of code without a timeout. */
  private static final Duration HANGS_AFTER = Duration.ofSeconds(30);

  private final String subject;
  private final String consequence;
  private final LongSupplier nanoTime;
  private volatile boolean open;
  private volatile long lastFailureNanos;
  private long lastAnswerNanos; // guarded by this, as the next two
  private boolean halfOpen;
  private long probedAtNanos;

  /**
   * Creates a closed circuit breaker.
   *
   * @param subject what it stands in front of, for the log
   * @param consequence what follows for callers while it is open, for the log
   */
  StoreCircuitBreaker(String subject, String consequence, LongSupplier nanoTime) {
    this.subject = subject;
    this.consequence = consequence;
    this.nanoTime = nanoTime;
    this.lastAnswerNanos = nanoTime.getAsLong();
  }

  /** Returns whether the store is known to be down. True also while it is half-open. */
  boolean isOpen() {
    return open;
  }

  /**
   * Records a look-up that failed. A single failure may be a lost connection: the store is down
   * only if it answered nothing since the look-up began. Logs once per outage, not once per
   * request.
   */
  synchronized void onFailure(long begunAtNanos, Throwable reason) {
    lastFailureNanos = nanoTime.getAsLong();
    if (lastAnswerNanos - begunAtNanos > 0) {
      log.log(
          Level.DEBUG,
          "Latchkey: one look-up failed while the " + subject + " answers others",
          reason);
    } else if (!open) {
      open = true;
      log.log(
          Level.WARNING,
          Causes.explain("Latchkey: " + subject + " unavailable, " + consequence, reason));
      log.log(Level.DEBUG, "Latchkey: " + subject + " unavailable", reason);
    }
  }

  /** Records a look-up that succeeded. */
  synchronized void onSuccess() {
    onOtherAnswer();
    if (open) {
      open = false;
      log.log(Level.INFO, "Latchkey: " + subject + " available again");
    }
  }

  /** Records another sign of life. It neither opens nor closes the circuit. */
  synchronized void onOtherAnswer() {
    lastAnswerNanos = nanoTime.getAsLong();
  }

  /** Returns whether the caller shall probe now and then call {@link #endHalfOpen}. */
  synchronized boolean tryHalfOpen() {
    long now = nanoTime.getAsLong();
    if (now - lastFailureNanos < PROBE_INTERVAL.toNanos()
        || (halfOpen && now - probedAtNanos < HANGS_AFTER.toNanos())) {
      return false;
    }
    halfOpen = true;
    probedAtNanos = now;
    return true;
  }

  /** Ends the probe. */
  synchronized void endHalfOpen() {
    halfOpen = false;
  }
}
