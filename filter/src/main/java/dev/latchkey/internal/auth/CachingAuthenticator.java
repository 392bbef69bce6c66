package dev.latchkey.internal.auth;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.auth.AuthOutcome.Granted;
import dev.latchkey.internal.auth.AuthOutcome.Unavailable;
import dev.latchkey.internal.auth.AuthOutcome.Unknown;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.KeySnapshot;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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

  private final KeyCache cache;
  private final Liveness liveness;
  private final StoreLookup store;
  private final BatchingKeyLoader loader;
  private final OwnerCache owners;
  private final LastUsed lastUsed;
  private final OutcomeCounters outcomes = new OutcomeCounters();
  private final Timings waits;
  private final Semaphore waiters = new Semaphore(BatchingLoader.MAX_PENDING);

  /** Hashes that are looked up for revocations: a part, so that requests find room in the queue. */
  private final Semaphore named = new Semaphore(BatchingLoader.MAX_PENDING / 10);

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
   * @param owners knows who may use keys, and with which roles
   */
  public CachingAuthenticator(
      ApiKeyStore store,
      CacheSettings settings,
      Duration feedInterval,
      Clock clock,
      LongSupplier nanoTime,
      Executor executor,
      LastUsed lastUsed,
      OwnerCache owners) {
    PendingLookups<KeyHash, CachedKey> pending = new PendingLookups<>();
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
            BatchingLoader.MAX_LOADERS);
    this.lastUsed = lastUsed;
    this.owners = owners;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.waits = new Timings(nanoTime);
    this.timeoutNanos = settings.lookupTimeout().toNanos();
  }

  public AuthOutcome authenticate(KeyHash hash, Supplier<String> address) {
    AuthOutcome cached = fromCache(hash, address);
    if (cached != null) {
      outcomes.countHit(cached);
      return cached;
    }
    long begun = nanoTime.getAsLong();
    AuthOutcome loaded = loadAndWait(hash, address);
    waits.record(begun);
    outcomes.countMiss(loaded);
    return loaded;
  }

  /** Returns the counters of outcomes; who judges requests adds those that come with no key. */
  OutcomeCounters outcomes() {
    return outcomes;
  }

  /** Returns figures of the cache and of the way to the store. */
  public LookupStats stats() {
    return new LookupStats(
        outcomes.hits(),
        waits.count(),
        waits.total(),
        waits.max(),
        store.queries().count(),
        store.queriedKeys(),
        store.queries().total(),
        store.queries().max(),
        loader.rateLimited(),
        cache.liveKeys(),
        cache.unknownKeys(),
        store.isDown(),
        owners.isDown());
  }

  /** Returns the cached outcome; null if the store, or somebody about the owner, must be asked. */
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
    if (!(result instanceof Granted)) {
      return result;
    }
    CachedOwner owner = owners.get(key, now);
    if (owner == null) {
      return null;
    }
    if (grant(key, owner, nowMillis, address) == UNKNOWN) {
      return UNKNOWN;
    }
    if (!refreshDue) {
      liveness.openFastPath(key, nowMillis, now, owners.remainingNanos(owner, now));
    }
    return key;
  }

  /** Grants a live key to its owner, if the application says that the owner may use it. */
  private AuthOutcome grant(
      CachedKey key, CachedOwner owner, long nowMillis, Supplier<String> address) {
    if (!owner.grants(key)) {
      return UNKNOWN;
    }
    key.setRoles(owner);
    lastUsed.record(key, nowMillis, address.get());
    return key;
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
      return decide(hash, System.nanoTime() + timeoutNanos, address);
    } catch (ExecutionException e) {
      return UNAVAILABLE; // the circuit breaker has logged the cause
    } catch (TimeoutException e) {
      log.log(Level.DEBUG, "Latchkey: no answer within lookupTimeout, a key gets 503");
      return UNAVAILABLE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNAVAILABLE;
    } finally {
      waiters.release();
    }
  }

  /**
   * Returns which hashes stand for keys that are not deleted, whether or not they count. The store
   * is asked as for a request: not about what is cached, in batches, and at the same pace.
   *
   * @throws StoreException if it does not answer in time
   */
  public Set<KeyHash> findStored(Collection<KeyHash> hashes) {
    List<KeyHash> asked =
        hashes.stream().filter(hash -> !cache.isUnknown(hash)).distinct().toList();
    if (!named.tryAcquire(asked.size())) {
      throw new StoreException("too many keys are being looked up for revocations", null);
    }
    try {
      asked.forEach(loader::load);
      long deadline = System.nanoTime() + timeoutNanos;
      Set<KeyHash> stored = new HashSet<>();
      for (KeyHash hash : asked) {
        if (isStored(hash, deadline)) {
          stored.add(hash);
        }
      }
      return stored;
    } catch (ExecutionException | TimeoutException e) {
      throw new StoreException("could not look keys up", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while looking keys up", e);
    } finally {
      named.release(asked.size());
    }
  }

  /** A row that cannot be read is there, and can be revoked. */
  private boolean isStored(KeyHash hash, long deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      return loader.await(hash, deadline).isPresent();
    } catch (ExecutionException e) {
      if (KeySnapshot.isRowUnreadable(e.getCause())) {
        return true;
      }
      throw e;
    }
  }

  private AuthOutcome decide(KeyHash hash, long deadline, Supplier<String> address)
      throws ExecutionException, TimeoutException, InterruptedException {
    long begun = nanoTime.getAsLong();
    CachedKey key = usable(cache.get(hash));
    boolean isMiss = key == null;
    if (key == null) {
      key = loader.await(hash, deadline).orElse(null);
    }
    AuthOutcome first = evaluateConfirmed(key);
    if (key == null || first != key) {
      return first;
    }
    CachedOwner owner = owners.get(key, nanoTime.getAsLong());
    if (owner == null || (isMiss && !owner.grants(key))) { // the owner may have been let in again
      owner =
          owners.await(key.principal().getName(), isMiss ? begun : owners.oldest(begun), deadline);
      key = usable(key); // it may have been revoked while we waited
      if (key == null) {
        key = loader.await(hash, deadline).orElse(null);
      }
    }
    AuthOutcome result = evaluateConfirmed(key);
    return key != null && result == key ? grant(key, owner, clock.millis(), address) : result;
  }

  private AuthOutcome evaluateConfirmed(@Nullable CachedKey key) {
    return key == null ? UNKNOWN : Liveness.ofConfirmed(key, clock.millis());
  }

  /** Returns a cached key if it may be used without a look-up; else null. */
  private @Nullable CachedKey usable(@Nullable CachedKey key) {
    boolean usable =
        key != null
            && !key.isInvalidated()
            && liveness.ofCached(key, clock.millis(), nanoTime.getAsLong()) != null;
    return usable ? key : null;
  }

  /**
   * Invalidates a hash; call this after a change of the store. When it returns, nothing read before
   * the change is honoured, and the next request asks the store.
   */
  public void invalidate(KeyHash hash) {
    cache.invalidate(hash);
  }

  /**
   * Invalidates a hash unless the cached key is the version that a change led to: then this node
   * has read the change already. The change may be one of the owner, who is asked about again.
   */
  void invalidateUnlessVersion(KeyHash hash, Instant version) {
    CachedKey key = cache.get(hash);
    cache.invalidateUnlessVersion(hash, version);
    if (key != null && key.isInvalidated()) {
      owners.outdate(key.principal().getName());
    }
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
    owners.onStoreAnswer();
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
      owners.preload(hashes.stream().map(cache::get).filter(Objects::nonNull).toList());
    } catch (TimeoutException e) {
      throw new StoreException("could not load keys ahead of requests", e);
    } catch (ExecutionException e) {
      if (store.isDown()) {
        throw new StoreException("could not load keys ahead of requests", e);
      }
    }
  }
}
