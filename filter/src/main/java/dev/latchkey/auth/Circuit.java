package dev.latchkey.auth;

import dev.latchkey.log.Causes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Knows whether the store is down: from a look-up that failed, while nothing else was answered,
 * until one is answered again. While it is open, look-ups are not tried, but for one probe at a
 * time that nobody waits for; cold keys and the change feed's success call for one.
 *
 * <p>Thread-safe.
 */
final class Circuit {
  private static final Logger log = System.getLogger(Circuit.class.getName());
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(250);

  private final LongSupplier nanoTime;
  private final AtomicBoolean probing = new AtomicBoolean();
  private volatile boolean open;
  private volatile long lastTriedAt;
  private long lastAnsweredAt; // guarded by this

  Circuit(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastAnsweredAt = nanoTime.getAsLong();
  }

  boolean isOpen() {
    return open;
  }

  /**
   * A look-up failed. That alone may be a lost connection: only if nothing was answered since it
   * began, the store is silent. It is logged once an outage, not once a request.
   */
  synchronized void failed(long begunAt, Throwable reason) {
    lastTriedAt = nanoTime.getAsLong();
    if (lastAnsweredAt - begunAt > 0) {
      log.log(Level.DEBUG, "Latchkey: a look-up failed while others were answered", reason);
    } else if (!open) {
      open = true;
      log.log(
          Level.WARNING,
          Causes.explain("Latchkey: key store unavailable, uncached keys get 503", reason));
      log.log(Level.DEBUG, "Latchkey: key store unavailable", reason);
    }
  }

  /** A look-up was answered. */
  synchronized void answered() {
    heard();
    if (open) {
      open = false;
      log.log(Level.INFO, "Latchkey: key store available again");
    }
  }

  /** Something else was answered, which does not close the circuit, but is no silence. */
  synchronized void heard() {
    lastAnsweredAt = nanoTime.getAsLong();
  }

  /** Whether to probe now, in which case {@link #endProbe} must follow. */
  boolean beginProbe() {
    return nanoTime.getAsLong() - lastTriedAt >= PROBE_INTERVAL.toNanos()
        && probing.compareAndSet(false, true);
  }

  void endProbe() {
    probing.set(false);
  }
}
