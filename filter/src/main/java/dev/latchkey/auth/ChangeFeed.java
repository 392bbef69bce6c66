package dev.latchkey.auth;

import dev.latchkey.key.KeyHash;
import dev.latchkey.store.ApiKeyStore;
import dev.latchkey.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns of what other nodes changed: asks the store, again and again, what changed within a window
 * well above the time that any commit takes, and evicts it. What it saw before it does not evict
 * again; what a slow commit brings late, the next question still finds.
 *
 * <p>For one thread.
 */
public final class ChangeFeed {
  private static final Logger log = LoggerFactory.getLogger(ChangeFeed.class);

  private final ApiKeyStore store;
  private final CachingAuthenticator cache;
  private final Duration window;
  private final LongSupplier nanoTime;
  private Map<KeyHash, Instant> seen = Map.of();
  private long lastSuccess;
  private boolean failing;

  /** A feed from a store to a cache. */
  public ChangeFeed(
      ApiKeyStore store, CachingAuthenticator cache, Duration window, LongSupplier nanoTime) {
    this.store = store;
    this.cache = cache;
    this.window = window;
    this.nanoTime = nanoTime;
    this.lastSuccess = nanoTime.getAsLong();
  }

  /** Asks once. */
  public void poll() {
    long asked = nanoTime.getAsLong();
    Map<KeyHash, Instant> changes;
    try {
      // From a whole window before the last success on, however long ago that was.
      changes = store.changes(window.plusNanos(asked - lastSuccess));
    } catch (StoreException e) {
      if (!failing) { // once an outage
        log.warn("Changes of other nodes are not seen at present: {}", e.getMessage());
      }
      failing = true;
      return;
    }
    // The answer may be younger than the question: the store read its clock some time in between.
    if (nanoTime.getAsLong() - lastSuccess > window.toNanos()) {
      cache.evictAll(); // changes may have come and gone unseen
    } else {
      changes.forEach(
          (hash, changedAt) -> {
            if (!changedAt.equals(seen.get(hash))) {
              cache.evictUnlessAsOf(hash, changedAt);
            }
          });
    }
    cache.confirmAll(asked);
    seen = changes;
    lastSuccess = asked;
    failing = false;
  }
}
