package dev.latchkey.internal.audit;

import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.log.OncePerMinute;
import dev.latchkey.manage.ApiKeyListener;
import dev.latchkey.manage.AuditEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Tells of events after their commit: the log at once, and the listener, if there is one, on a
 * thread of its own.
 *
 * <p>Thread-safe.
 */
public final class Publisher {
  private static final Logger audit = System.getLogger("dev.latchkey.audit");
  private static final Logger log = System.getLogger(Publisher.class.getName());

  private final @Nullable ApiKeyListener listener;
  private final Executor executor;
  private final OncePerMinute overflow = new OncePerMinute(System::nanoTime);
  private final OncePerMinute failure = new OncePerMinute(System::nanoTime);

  /**
   * Creates a publisher.
   *
   * @param executor runs one thing after another, and rejects what there is no room for
   */
  public Publisher(@Nullable ApiKeyListener listener, Executor executor) {
    this.listener = listener;
    this.executor = executor;
  }

  /** Tells of an event; never throws, and waits for nobody but the log. */
  public void publish(AuditEvent event) {
    write(event);
    if (listener == null) {
      return;
    }
    try {
      executor.execute(() -> tell(listener, event));
    } catch (RejectedExecutionException e) {
      if (overflow.isDue()) {
        log.log(
            Level.WARNING,
            "Latchkey: the ApiKeyListener is too slow, or we close: it is not told of some events");
      }
    }
  }

  /** The change is made: a log that fails must not make it look as if it were not. */
  private void write(AuditEvent event) {
    try {
      audit.log(Level.INFO, () -> EventJson.of(event));
    } catch (RuntimeException | Error e) {
      if (failure.isDue()) {
        log.log(Level.WARNING, Causes.explain("Latchkey: the log of the audit failed", e));
      }
    }
  }

  private void tell(ApiKeyListener to, AuditEvent event) {
    try {
      to.onEvent(event);
    } catch (RuntimeException | Error e) { // such as a class of the application's that is missing
      if (failure.isDue()) {
        log.log(Level.WARNING, Causes.explain("Latchkey: the ApiKeyListener failed", e));
      }
      log.log(Level.DEBUG, "Latchkey: the ApiKeyListener failed", e);
    }
  }
}
