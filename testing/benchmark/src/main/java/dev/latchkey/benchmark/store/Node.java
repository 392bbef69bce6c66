package dev.latchkey.benchmark.store;

import dev.latchkey.internal.auth.CacheSettings;
import dev.latchkey.internal.auth.CachingAuthenticator;
import dev.latchkey.internal.auth.ChangeFeed;
import dev.latchkey.internal.auth.FeedSettings;
import dev.latchkey.internal.auth.LastUsed;
import dev.latchkey.internal.auth.OwnerCache;
import dev.latchkey.internal.store.ApiKeyStore;
import java.time.Clock;
import java.util.stream.IntStream;

/**
 * What of a node asks for changes: a store, a cache and a feed between them, which asks when it is
 * told to.
 */
final class Node implements AutoCloseable {
  private final ApiKeyStore store;
  private final CachingAuthenticator cache;
  private final ChangeFeed feed;

  Node(ApiKeyStore store) {
    this.store = store;
    this.cache =
        new CachingAuthenticator(
            store,
            CacheSettings.DEFAULT,
            FeedSettings.DEFAULT.feedInterval(),
            Clock.systemUTC(),
            System::nanoTime,
            Runnable::run,
            new LastUsed(store, 0, System::nanoTime),
            OwnerCache.asksNobody(store));
    this.feed =
        new ChangeFeed(
            store, cache, FeedSettings.DEFAULT.feedWindow(), Clock.systemUTC(), System::nanoTime);
  }

  /** Has the live ones of these keys in the cache. */
  void remember(int first, int last) {
    IntStream.rangeClosed(first, last)
        .filter(number -> !NumberedKeys.isDeleted(number))
        .forEach(number -> cache.authenticate(NumberedKeys.hash(number), () -> "127.0.0.1"));
  }

  /** Asks once. */
  void poll() {
    feed.poll();
    if (feed.state().lastSuccess().isEmpty()) {
      throw new IllegalStateException("the feed was not answered");
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
