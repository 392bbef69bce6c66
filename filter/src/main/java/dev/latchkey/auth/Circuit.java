package dev.latchkey.auth;

import dev.latchkey.log.Causes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Whether the store is known to be down: from the first look-up that failed until one is answered
 * again. While it is open, look-ups are not tried, but for one probe at a time that nobody waits
 * for; cold keys and the change feed's success call for one.
 *
 * <p>Thread-safe.
 */
final class Circuit {
  private static final Logger log = System.getLogger(Circuit.class.getName());
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(250);

  private final LongSupplier nanoTime;
  private final AtomicBoolean open = new AtomicBoolean();
  private final AtomicBoolean probing = new AtomicBoolean();
  private volatile long lastTriedAt;

  Circuit(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  boolean isOpen() {
    return open.get();
  }

  /** A look-up failed. It is logged once an outage, not once a request. */
  void failed(RuntimeException reason) {
    lastTriedAt = nanoTime.getAsLong();
    if (open.compareAndSet(false, true)) {
      log.log(
          Level.WARNING,
          Causes.explain("Latchkey: key store unavailable, uncached keys get 503", reason));
      log.log(Level.DEBUG, "Latchkey: key store unavailable", reason);
    }
  }

  /** The store answered. */
  void answered() {
    if (open.get() && open.compareAndSet(true, false)) {
      log.log(Level.INFO, "Latchkey: key store available again");
    }
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
