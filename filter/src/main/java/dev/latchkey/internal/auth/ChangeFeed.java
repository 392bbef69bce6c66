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
 * Learns of what other nodes changed: asks the store, again and again, what changed within a window
 * well above the time that any commit takes, and evicts it. What it saw before it does not evict
 * again; what a slow commit brings late, the next question still finds. Instants are the store's;
 * how long it was silent is measured here.
 *
 * <p>{@link #poll} is for one thread, {@link #state} for all.
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

  /** An answer, and when its question was asked. */
  private record Success(long atNanos, Optional<Instant> at) {}

  /**
   * A feed from a store to a cache.
   *
   * @param clock what {@link #state} is told by
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

  /** Asks once. */
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
   * Waits for the first answer. What was cached before is forgotten then, as nobody can tell what
   * changed meanwhile.
   *
   * @return whether there was one before {@link #close}
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

  /** Ends the wait for a first answer. */
  public void close() {
    closed = true;
    begun.countDown();
  }

  /** How it went so far. */
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
    // The answer may be younger than the question: the store read its clock some time in between.
    boolean silentForLong = nanoTime.getAsLong() - last.atNanos() > window.toNanos();
    if (lastNow == null) { // nothing was seen before
      cache.invalidateAll();
    } else if (silentForLong) { // changes may have come and gone unseen
      cache.requireConfirmation();
    }
    seen = changes;
    lastNow = now;
  }

  /**
   * From a window before the last success on. The store's clock tells when that was, unless it was
   * set back since. After a long silence all must be confirmed, and nothing older matters.
   */
  private Instant reach(Instant now, long silentNanos) {
    Instant lastSuccess = now.minusNanos(Math.min(silentNanos, window.toNanos()));
    return (lastNow != null && lastNow.isBefore(lastSuccess) && silentNanos <= window.toNanos()
            ? lastNow
            : lastSuccess)
        .minus(window);
  }
}
