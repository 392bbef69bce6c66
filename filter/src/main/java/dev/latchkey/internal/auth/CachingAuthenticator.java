package dev.latchkey.internal.auth;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.auth.AuthOutcome.Granted;
import dev.latchkey.internal.auth.AuthOutcome.Unavailable;
import dev.latchkey.internal.auth.AuthOutcome.Unknown;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.ApiKeyStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates a hash: from the cache if possible, otherwise by loading the key and waiting for it
 * for a bounded time. An outage is never cached, and never becomes "no such key".
 *
 * <p>Thread-safe.
 */
public final class CachingAuthenticator {
  private static final Logger log = System.getLogger(CachingAuthenticator.class.getName());
  private static final AuthOutcome UNKNOWN = new Unknown();
  private static final AuthOutcome UNAVAILABLE = new Unavailable();

  /** How long a request waits before it adds a loader. */
  private static final Duration EXTRA_LOADER_DELAY = Duration.ofMillis(10);

  private final KeyCache cache;
  private final Liveness liveness;
  private final StoreLookup store;
  private final BatchingKeyLoader loader;
  private final LastUsed lastUsed;
  private final Semaphore waiters = new Semaphore(BatchingKeyLoader.MAX_PENDING);
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final long timeoutNanos;

  /**
   * Creates a cache in front of a store.
   *
   * @param feedInterval how often {@link #markFresh} is called while the store answers
   * @param clock decides on expiry
   * @param nanoTime measures ages in the cache
   * @param executor runs the queries
   * @param lastUsed records uses of granted keys
   */
  public CachingAuthenticator(
      ApiKeyStore store,
      CacheSettings settings,
      Duration feedInterval,
      Clock clock,
      LongSupplier nanoTime,
      Executor executor,
      LastUsed lastUsed) {
    PendingLookups pending = new PendingLookups();
    this.cache = new KeyCache(settings, nanoTime, pending);
    this.liveness = new Liveness(settings, feedInterval, nanoTime);
    this.store = new StoreLookup(store, executor, nanoTime);
    this.loader =
        new BatchingKeyLoader(
            this.store::find,
            pending,
            cache,
            new MissRateLimiter(nanoTime),
            executor,
            BatchingKeyLoader.MAX_LOADERS);
    this.lastUsed = lastUsed;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.timeoutNanos = settings.lookupTimeout().toNanos();
  }

  public AuthOutcome authenticate(KeyHash hash, Supplier<String> address) {
    AuthOutcome cached = fromCache(hash, address);
    return cached != null ? cached : loadAndWait(hash, address);
  }

  /** Returns the cached outcome; null if the store must be asked. */
  private @Nullable AuthOutcome fromCache(KeyHash hash, Supplier<String> address) {
    long now = clock.millis();
    CachedKey recent = cache.getOnFastPath(hash, now);
    if (recent != null) {
      return recent;
    }
    CachedKey key = cache.get(hash);
    if (key != null) {
      return key.onFastPath(now) ? key : evaluate(hash, key, now, address);
    }
    return cache.isUnknown(hash) ? UNKNOWN : null;
  }

  /** Checks a key in full. The first request of a second usually opens the fast path. */
  private @Nullable AuthOutcome evaluate(
      KeyHash hash, CachedKey key, long nowMillis, Supplier<String> address) {
    cache.recordAccess(key);
    long now = nanoTime.getAsLong();
    AuthOutcome result = liveness.ofCached(key, nowMillis, now);
    if (result == null) {
      return null;
    }
    boolean refreshDue = liveness.isRefreshDue(key, now);
    if (refreshDue) {
      refreshInBackground(hash);
    }
    if (result instanceof Granted) {
      lastUsed.record(key, nowMillis, address.get());
      if (!refreshDue) {
        liveness.openFastPath(key, nowMillis, now);
      }
    }
    return result;
  }

  private void refreshInBackground(KeyHash hash) {
    if (store.isDown()) {
      store.startProbe();
    } else {
      loader.load(hash);
    }
  }

  private AuthOutcome loadAndWait(KeyHash hash, Supplier<String> address) {
    if (!waiters.tryAcquire()) {
      return UNAVAILABLE;
    }
    try {
      return await(hash, System.nanoTime() + timeoutNanos)
          .map(key -> evaluateConfirmed(key, address))
          .orElse(UNKNOWN);
    } catch (ExecutionException e) {
      return UNAVAILABLE; // the circuit breaker has logged the cause
    } catch (TimeoutException e) {
      log.log(Level.DEBUG, "Latchkey: no answer within lookupTimeout, an uncached key gets 503");
      return UNAVAILABLE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNAVAILABLE;
    } finally {
      waiters.release();
    }
  }

  private AuthOutcome evaluateConfirmed(CachedKey key, Supplier<String> address) {
    long now = clock.millis();
    AuthOutcome result = Liveness.ofConfirmed(key, now);
    if (result instanceof Granted) {
      lastUsed.record(key, now, address.get());
    }
    return result;
  }

  private Optional<CachedKey> await(KeyHash hash, long deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    PendingLookup.Answer answer;
    do {
      answer = await(loader.load(hash), deadline);
    } while (answer.invalidated());
    return answer.found();
  }

  private PendingLookup.Answer await(PendingLookup lookup, long deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      return lookup.get(
          Math.min(EXTRA_LOADER_DELAY.toNanos(), deadline - System.nanoTime()),
          TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      loader.addLoader();
      return lookup.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }

  /**
   * Invalidates a hash; call this after a change of the store. When it returns, nothing read before
   * the change is honoured, and the next request asks the store.
   */
  public void evict(KeyHash hash) {
    cache.invalidate(hash);
  }

  /**
   * Invalidates a hash unless the cached key is the version that a change led to: then this node
   * has read the change already.
   */
  void invalidateUnlessVersion(KeyHash hash, Instant version) {
    cache.invalidateUnlessVersion(hash, version);
  }

  /** Invalidates everything. */
  public void invalidateAll() {
    cache.invalidateAll();
  }

  /** Records that the feed has seen all changes up to this time. */
  void markFresh(long atNanos) {
    liveness.freshness().onFeedSuccess(atNanos);
  }

  /**
   * Records that the feed may have missed changes. Each cached key must be confirmed by a look-up,
   * and is honoured meanwhile, for {@code lookupTimeout} at most.
   */
  void requireConfirmation() {
    liveness.freshness().onFeedLostTrack(); // first: see Liveness.openFastPath
    cache.closeFastPaths();
  }

  /**
   * Records that the store has answered the feed. If the circuit breaker is open, this probes
   * whether the store answers look-ups too. It does so before the feed invalidates keys, so that
   * they can be looked up again.
   */
  void onStoreAnswer() {
    store.onFeedAnswer();
  }

  /**
   * Loads keys ahead of requests, and waits until they are loaded. A single key that cannot be read
   * is skipped.
   *
   * @throws StoreException if the store does not answer in time
   */
  void preload(List<KeyHash> hashes) throws InterruptedException {
    CompletableFuture<?>[] all =
        hashes.stream()
            .filter(hash -> cache.get(hash) == null)
            .map(loader::load)
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(all).get(timeoutNanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new StoreException("could not load keys ahead of requests", e);
    } catch (ExecutionException e) {
      if (store.isDown()) {
        throw new StoreException("could not load keys ahead of requests", e);
      }
    }
  }
}
