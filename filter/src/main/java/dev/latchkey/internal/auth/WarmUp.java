package dev.latchkey.internal.auth;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.RecentUse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;

/**
 * Fills the cache of a node that has just started with the keys that were used last, so that its
 * first requests need not ask for each. One query at a time, in the same queue as theirs; what it
 * cannot do is left to them.
 */
public final class WarmUp {
  private static final Logger log = System.getLogger(WarmUp.class.getName());

  /** As far as databases reach. */
  private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

  private final ApiKeyStore store;
  private final CachingAuthenticator cache;
  private final int keys;
  private volatile boolean stopped;

  /**
   * A warm-up from a store.
   *
   * @param keys how many at most
   */
  public WarmUp(ApiKeyStore store, CachingAuthenticator cache, int keys) {
    this.store = store;
    this.cache = cache;
    this.keys = keys;
  }

  /** Does it, once; until it is done, or the store fails, or {@link #stop} is called. */
  public void run() {
    int loaded = 0;
    RecentUse last = RecentUse.before(END_OF_TIME);
    try {
      while (loaded < keys && !stopped) {
        List<RecentUse> next =
            store.recentUses(last, Math.min(ApiKeyStore.MAX_HASHES, keys - loaded));
        if (next.isEmpty()) {
          break;
        }
        cache.preload(next.stream().map(RecentUse::hash).toList());
        loaded += next.size();
        last = next.get(next.size() - 1);
      }
      log.log(Level.INFO, "Latchkey: cache warmed up with " + loaded + " keys");
    } catch (StoreException e) {
      log.log(
          Level.WARNING,
          Causes.explain("Latchkey: cache warmed up with " + loaded + " keys only", e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Has it end after the page that it is at. */
  public void stop() {
    stopped = true;
  }
}
