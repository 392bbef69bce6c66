package dev.latchkey.internal.auth;

import dev.latchkey.auth.FeedState;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Change;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows the changes of other nodes: each poll asks the store what changed within a window, and
 * invalidates those keys. The window is much longer than a commit takes and polls overlap, so a
 * change that a slow commit brings late is still found; one that was seen before is not applied
 * again. Instants are the store's; the length of a silence is measured here.
 *
 * <p>One thread calls {@link #poll}; the other methods are thread-safe.
 */
public final class ChangeFeed {
  private static final Logger log = System.getLogger(ChangeFeed.class.getName());
  private static final int PAGE = 5_000;

  private final ApiKeyStore store;
  private final CachingAuthenticator cache;
  private final Duration window;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private Map<KeyHash, Instant> seen = Map.of();
  private @Nullable Instant lastNow;
  private boolean failing;
  private final CountDownLatch begun = new CountDownLatch(1);
  private volatile Success last;
  private volatile boolean closed;

  /** A successful poll, by the time it began. */
  private record Success(long atNanos, Optional<Instant> at) {}

  /**
   * Creates a feed from a store to a cache.
   *
   * @param clock dates the successes that {@link #state} reports
   */
  public ChangeFeed(
      ApiKeyStore store,
      CachingAuthenticator cache,
      Duration window,
      Clock clock,
      LongSupplier nanoTime) {
    this.store = store;
    this.cache = cache;
    this.window = window;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.last = new Success(nanoTime.getAsLong(), Optional.empty());
  }

  /** Polls once. Logs a failure and does not throw it. */
  public void poll() {
    Success success = new Success(nanoTime.getAsLong(), Optional.of(clock.instant()));
    try {
      catchUp(success.atNanos() - last.atNanos());
    } catch (RuntimeException e) {
      if (!failing) { // once an outage
        log.log(
            Level.WARNING,
            Causes.explain(
                "Latchkey: change feed failing; revocations made on other nodes are not visible here",
                e));
      }
      failing = true;
      return;
    }
    cache.markFresh(success.atNanos());
    last = success;
    begun.countDown();
    if (failing) {
      log.log(Level.INFO, "Latchkey: change feed working again");
    }
    failing = false;
  }

  /**
   * Waits for the first success. That poll invalidates everything cached before, since changes made
   * meanwhile were not seen.
   *
   * @return false if {@link #close} came first
   */
  public boolean awaitBeginning() {
    try {
      begun.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !closed;
  }

  /** Ends {@link #awaitBeginning}. */
  public void close() {
    closed = true;
    begun.countDown();
  }

  /** Returns when the feed last succeeded, and its lag. */
  public FeedState state() {
    Success success = last;
    return new FeedState(success.at(), Duration.ofNanos(nanoTime.getAsLong() - success.atNanos()));
  }

  private void catchUp(long silentNanos) {
    Instant now = store.now();
    cache.onStoreAnswer();
    Map<KeyHash, Instant> changes = new HashMap<>();
    Change after = Change.startOf(reach(now, silentNanos));
    List<Change> page;
    do {
      page = store.changes(after, PAGE);
      for (Change change : page) {
        if (!change.at().equals(seen.get(change.hash()))) {
          cache.invalidateUnlessVersion(change.hash(), change.at());
        }
        changes.put(change.hash(), change.at());
        after = change;
      }
    } while (page.size() == PAGE);
    // Measured again: the store read its clock some time after the poll began.
    boolean silentForLong = nanoTime.getAsLong() - last.atNanos() > window.toNanos();
    if (lastNow == null) { // the first success
      cache.invalidateAll();
    } else if (silentForLong) { // changes may have left the window unseen
      cache.requireConfirmation();
    }
    seen = changes;
    lastNow = now;
  }

  /**
   * Returns where to begin: one window before the last success. The store's clock tells when that
   * was, unless it was set back since. After a silence longer than the window all keys must be
   * confirmed anyway, so one window before now is enough.
   */
  private Instant reach(Instant now, long silentNanos) {
    Instant lastSuccess = now.minusNanos(Math.min(silentNanos, window.toNanos()));
    return (lastNow != null && lastNow.isBefore(lastSuccess) && silentNanos <= window.toNanos()
            ? lastNow
            : lastSuccess)
        .minus(window);
  }
}
