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
 * Fills the cache of a node that has just started with the most recently used keys, so that its
 * first requests find them cached. Makes one query at a time, in the same queue as requests. Keys
 * that it could not load are loaded on demand.
 *
 * <p>One thread calls {@link #run}, any thread {@link #stop}.
 */
public final class WarmUp {
  private static final Logger log = System.getLogger(WarmUp.class.getName());

  /** The latest year of all supported databases. */
  private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

  private final ApiKeyStore store;
  private final CachingAuthenticator cache;
  private final int keys;
  private volatile boolean stopped;

  /**
   * Creates a warm-up from a store.
   *
   * @param keys the most keys to load
   */
  public WarmUp(ApiKeyStore store, CachingAuthenticator cache, int keys) {
    this.store = store;
    this.cache = cache;
    this.keys = keys;
  }

  /** Loads the keys. Ends early if the store fails or {@link #stop} is called. */
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
          Causes.explain(
              "Latchkey: cache warmed up with only "
                  + loaded
                  + " keys, others are loaded on demand",
              e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Makes {@link #run} end after the current page. */
  public void stop() {
    stopped = true;
  }
}
