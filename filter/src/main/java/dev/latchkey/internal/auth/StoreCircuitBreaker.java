package dev.latchkey.internal.auth;

import dev.latchkey.internal.log.Causes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * A circuit breaker in front of the store. A look-up that fails opens it, if the store answered
 * nothing else meanwhile; a look-up that is answered closes it. While it is open, no look-up is
 * made but one probe at a time, for which no request waits: the circuit is then half-open.
 *
 * <p>Thread-safe.
 */
final class StoreCircuitBreaker {
  private static final Logger log = System.getLogger(StoreCircuitBreaker.class.getName());
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(250);

  private final LongSupplier nanoTime;
  private final AtomicBoolean halfOpen = new AtomicBoolean();
  private volatile boolean open;
  private volatile long lastFailureNanos;
  private long lastAnswerNanos; // guarded by this

  /** Creates a closed one. */
  StoreCircuitBreaker(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastAnswerNanos = nanoTime.getAsLong();
  }

  /** Returns whether the store is known to be down; also while it is being probed. */
  boolean isOpen() {
    return open;
  }

  /**
   * Records that a look-up failed. One failure may be a lost connection; the store is down only if
   * it answered nothing since the look-up began. Logs once an outage, not once a request.
   */
  synchronized void onFailure(long begunAtNanos, Throwable reason) {
    lastFailureNanos = nanoTime.getAsLong();
    if (lastAnswerNanos - begunAtNanos > 0) {
      log.log(Level.DEBUG, "Latchkey: a look-up failed while others were answered", reason);
    } else if (!open) {
      open = true;
      log.log(
          Level.WARNING,
          Causes.explain("Latchkey: key store unavailable, uncached keys get 503", reason));
      log.log(Level.DEBUG, "Latchkey: key store unavailable", reason);
    }
  }

  /** Records that a look-up was answered. */
  synchronized void onSuccess() {
    onOtherAnswer();
    if (open) {
      open = false;
      log.log(Level.INFO, "Latchkey: key store available again");
    }
  }

  /** Records an answer to something else than a look-up: it keeps the circuit as it is. */
  synchronized void onOtherAnswer() {
    lastAnswerNanos = nanoTime.getAsLong();
  }

  /** Returns whether the caller is to probe now; it then calls {@link #endHalfOpen}. */
  boolean tryHalfOpen() {
    return nanoTime.getAsLong() - lastFailureNanos >= PROBE_INTERVAL.toNanos()
        && halfOpen.compareAndSet(false, true);
  }

  /** Ends the probe. */
  void endHalfOpen() {
    halfOpen.set(false);
  }
}
