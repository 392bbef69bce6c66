package dev.latchkey.spring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.threads.TrackedThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Remembers what the directory says. An answer is renewed beside the requests once half of its time
 * is over; where the directory is silent, the last answer holds for {@code maxStale}.
 */
final class CachedOwners implements Owners, AutoCloseable {
  private static final int MAX_OWNERS = 100_000;

  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

  private final TrackedThreads threads = new TrackedThreads();
  private final ExecutorService renewals =
      Executors.newSingleThreadExecutor(threads.named("latchkey-owners"));
  private final OwnerDirectory directory;
  private final LoadingCache<String, Owner> fresh;
  private final Cache<String, Owner> last;

  CachedOwners(OwnerDirectory directory, Duration ttl, Duration maxStale, Ticker ticker) {
    this.directory = directory;
    Caffeine<Object, Object> caffeine =
        Caffeine.newBuilder()
            .maximumSize(MAX_OWNERS)
            .ticker(ticker)
            .executor(renewals)
            .expireAfterWrite(ttl);
    Duration half = ttl.dividedBy(2);
    if (!half.isZero()) { // Caffeine wants more than nothing
      caffeine.refreshAfterWrite(half);
    }
    fresh = caffeine.build(this::find);
    last =
        Caffeine.newBuilder()
            .maximumSize(MAX_OWNERS)
            .ticker(ticker)
            .executor(Runnable::run)
            .expireAfterWrite(maxStale)
            .build();
  }

  private Owner find(String owner) {
    Owner found = directory.find(List.of(owner)).getOrDefault(owner, Owner.UNKNOWN);
    last.put(owner, found);
    return found;
  }

  @Override
  public Owner of(String owner) {
    try {
      return fresh.get(owner);
    } catch (RuntimeException e) {
      Owner known = last.getIfPresent(owner);
      if (known != null) {
        return known;
      }
      throw new StoreException(Causes.explain("the application cannot tell of an owner", e), e);
    }
  }

  @Override
  public void close() {
    renewals.shutdownNow();
    threads.join(SHUTDOWN_TIMEOUT);
  }
}
