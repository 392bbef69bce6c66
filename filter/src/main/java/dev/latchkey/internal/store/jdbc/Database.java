package dev.latchkey.internal.store.jdbc;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.threads.TrackedThreads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The store's way to its database, which may not be there at start: then it tries again until it
 * is, and has no connections before.
 *
 * <p>Thread-safe.
 */
final class Database implements AutoCloseable {
  private static final Logger log = System.getLogger(Database.class.getName());
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Supplier<ConnectionSource> connector;
  private final Runnable onClose;
  private final TrackedThreads threads = new TrackedThreads();
  private volatile @Nullable ConnectionSource connected;
  private @Nullable String lastFailure; // the connecting thread's own
  private final CountDownLatch closed = new CountDownLatch(1); // counted down under our lock

  /**
   * Prepares to connect.
   *
   * @param connector connects, and sees to it that our tables are there
   * @param onClose what remains to be done when everything is closed
   */
  Database(Supplier<ConnectionSource> connector, Runnable onClose) {
    this.connector = connector;
    this.onClose = onClose;
  }

  /** Connects now, or fails as the connector does. */
  void connect() {
    connected = connector.get();
  }

  /**
   * Connects in the background, with a pause after each attempt that fails.
   *
   * @param onConnect runs after the one that does not
   */
  void connectWithRetry(Duration pause, Runnable onConnect) {
    threads.named("latchkey-connect").newThread(() -> retry(pause, onConnect)).start();
  }

  private void retry(Duration pause, Runnable onConnect) {
    try {
      while (!tryConnect(onConnect) && !closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        // once more
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // by somebody else
    }
  }

  private boolean tryConnect(Runnable onConnect) {
    ConnectionSource source;
    try {
      source = connector.get();
    } catch (RuntimeException | Error e) { // such as a Flyway that is missing
      String failure = Causes.explain("Latchkey: still without key store, keys get 503", e);
      if (!failure.equals(lastFailure)) { // not once a second
        lastFailure = failure;
        log.log(Level.WARNING, failure);
      }
      return false;
    }
    synchronized (this) {
      if (closed.getCount() == 0) {
        source.close().run();
        return true;
      }
      connected = source;
    }
    onConnect.run();
    return true;
  }

  /**
   * Returns where connections come from.
   *
   * @throws StoreException if the database has not been reached yet
   */
  ConnectionSource source() {
    ConnectionSource source = connected;
    if (source == null) {
      throw new StoreException("the database has not been reached since the start", null);
    }
    return source;
  }

  /**
   * Closes what is there. An attempt to connect is in the database, and so not interrupted: it may
   * go on, for as long as it is bounded, when we no longer wait for it.
   */
  @Override
  public void close() {
    synchronized (this) {
      closed.countDown();
      if (connected != null) {
        connected.close().run();
      }
    }
    threads.join(CLOSE_TIMEOUT);
    onClose.run();
  }
}
