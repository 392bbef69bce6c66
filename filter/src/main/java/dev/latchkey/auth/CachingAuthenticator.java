package dev.latchkey.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.auth.AuthResult.Granted;
import dev.latchkey.auth.AuthResult.Unavailable;
import dev.latchkey.auth.AuthResult.Unknown;
import dev.latchkey.key.KeyHash;
import dev.latchkey.store.ApiKeyStore;
import dev.latchkey.store.FoundKey;
import dev.latchkey.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * Authenticates from memory, and asks the store for what it does not remember.
 *
 * <p>Live keys and unknown hashes have a cache each, so that a flood of made-up keys cannot push
 * out live ones. An outage is never remembered, and never turns into "no such key".
 */
public final class CachingAuthenticator implements Authenticator {
  private static final Logger log = System.getLogger(CachingAuthenticator.class.getName());
  private static final AuthResult UNKNOWN = new Unknown();
  private static final AuthResult UNAVAILABLE = new Unavailable();

  /** How long one waits for a loader before one calls another. */
  private static final Duration LONG = Duration.ofMillis(10);

  private static final KeyHash PROBE = KeyHash.of(new byte[KeyHash.LENGTH]);

  private final LiveKeys live;
  private final Cache<KeyHash, Boolean> unknown;
  private final LastUsed lastUsed;
  private final KeyLoads loads;
  private final Circuit circuit;
  private final Semaphore mayWait = new Semaphore(KeyLoads.MOST_WAITING);
  private final ApiKeyStore store;
  private final Executor executor;
  private final Freshness freshness;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final long ttlNanos;
  private final long timeoutNanos;

  /**
   * A cache in front of a store.
   *
   * @param feedInterval how often {@link #confirmAll} is called while the store answers
   * @param clock what expiry is judged by
   * @param nanoTime what ages in the cache are measured by
   * @param executor where the store is asked
   * @param lastUsed who is told that keys were granted
   */
  public CachingAuthenticator(
      ApiKeyStore store,
      CacheSettings settings,
      Duration feedInterval,
      Clock clock,
      LongSupplier nanoTime,
      Executor executor,
      LastUsed lastUsed) {
    this.store = store;
    this.lastUsed = lastUsed;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.executor = executor;
    this.circuit = new Circuit(nanoTime);
    this.ttlNanos = settings.cacheTtl().toNanos();
    this.timeoutNanos = settings.lookupTimeout().toNanos();
    this.freshness = new Freshness(settings, feedInterval, nanoTime);
    this.live = new LiveKeys(settings.cacheMaximumSize());
    this.unknown =
        Caffeine.newBuilder()
            .maximumSize(settings.unknownCacheMaximumSize())
            .expireAfterWrite(settings.unknownCacheTtl())
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run) // no threads of others hold on to the application
            .build();
    this.loads =
        new KeyLoads(this::find, this::keep, new Pace(nanoTime), executor, KeyLoads.MOST_LOADERS);
  }

  @Override
  public AuthResult authenticate(KeyHash hash, Supplier<String> address) {
    AuthResult remembered = recall(hash, address);
    return remembered != null ? remembered : askStore(hash, address);
  }

  /** What is remembered says of a key; null if the store must be asked. */
  private @Nullable AuthResult recall(KeyHash hash, Supplier<String> address) {
    long now = clock.millis();
    ConfirmedKey settled = live.settled(hash, now);
    if (settled != null) {
      return settled;
    }
    ConfirmedKey known = live.get(hash);
    if (known != null) {
      return known.isSettled(now) ? known : judge(hash, known, now, address);
    }
    return unknown.getIfPresent(hash) != null ? UNKNOWN : null;
  }

  /** Once a second a key, as a rule, there is more to do. */
  private @Nullable AuthResult judge(
      KeyHash hash, ConfirmedKey known, long nowMillis, Supplier<String> address) {
    live.touch(known);
    long now = nanoTime.getAsLong();
    long remaining = freshness.remainingNanos(known.confirmedAtNanos(), now);
    if (remaining < 0) {
      return null;
    }
    long untilDue = ttlNanos - known.ageNanos(now);
    boolean isDue = untilDue < 0 || freshness.isUnconfirmed(known.confirmedAtNanos());
    if (isDue) {
      confirmInBackground(hash);
    }
    AuthResult result = noted(known, nowMillis, address);
    if (result instanceof Granted && !isDue) {
      known.settle(nowMillis, TimeUnit.NANOSECONDS.toMillis(Math.min(remaining, untilDue)));
      if (freshness.isUnconfirmed(known.confirmedAtNanos())) {
        known.unsettle(); // the feed lost track in between: see requireConfirmation
      }
    }
    return result;
  }

  private AuthResult noted(ConfirmedKey known, long nowMillis, Supplier<String> address) {
    AuthResult result = known.judge(nowMillis);
    if (result instanceof Granted) {
      lastUsed.record(known, nowMillis, address.get());
    }
    return result;
  }

  /**
   * Forgets what is remembered of a hash, so that the next request asks the store; for use after
   * the store has changed. From its return on, nothing read before the change is honoured.
   */
  public void evict(KeyHash hash) {
    loads.overtake(hash); // first: see KeyLoads
    live.forget(hash);
    unknown.invalidate(hash);
  }

  /**
   * Forgets what is remembered of a hash unless it is the very state that a change led to: what
   * this node has read since then need not be read again.
   */
  void evictUnlessAsOf(KeyHash hash, Instant change) {
    loads.overtake(hash);
    live.forgetUnlessAsOf(hash, change);
    unknown.invalidate(hash);
  }

  /** Forgets everything. */
  public void evictAll() {
    loads.overtakeAll();
    live.forgetAll();
    unknown.invalidateAll();
  }

  /** Learns from the feed that what is cached, and confirmed, held at a time in nanoseconds. */
  void confirmAll(long atNanos) {
    freshness.onFeedSuccess(atNanos);
  }

  /**
   * Learns from the feed that changes may have come and gone unseen. What is cached must be
   * confirmed by a look-up: it is honoured while that is fetched, for {@code lookupTimeout} at
   * most.
   */
  void requireConfirmation() {
    freshness.onFeedLostTrack();
    loads.overtakeAll();
    live.unsettleAll(); // after the mark: see judge
    unknown.invalidateAll();
  }

  /**
   * Learns that the store has answered the feed. If it is known to be down, this asks whether
   * look-ups are answered, too, before the feed evicts anything: what it evicts can then be asked
   * for again.
   */
  void onStoreAnswer() {
    circuit.heard();
    if (circuit.isOpen()) {
      probe();
    }
  }

  /**
   * Looks up, before anybody asks, what the cache has room for. It returns when that is done. What
   * cannot be read alone is left to those who ask for it.
   *
   * @throws StoreException if the store cannot answer in time
   */
  void preload(List<KeyHash> hashes) throws InterruptedException {
    CompletableFuture<?>[] all =
        hashes.stream()
            .filter(hash -> live.get(hash) == null)
            .map(loads::load)
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(all).get(timeoutNanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new StoreException("keys could not be looked up ahead", e);
    } catch (ExecutionException e) {
      if (circuit.isOpen()) {
        throw new StoreException("keys could not be looked up ahead", e);
      }
    }
  }

  private void confirmInBackground(KeyHash hash) {
    if (circuit.isOpen()) {
      startProbe();
    } else {
      loads.load(hash);
    }
  }

  private AuthResult askStore(KeyHash hash, Supplier<String> address) {
    if (!mayWait.tryAcquire()) {
      return UNAVAILABLE;
    }
    try {
      return await(hash, System.nanoTime() + timeoutNanos)
          .map(key -> noted(key, clock.millis(), address))
          .orElse(UNKNOWN);
    } catch (ExecutionException e) {
      return UNAVAILABLE; // the circuit has said why
    } catch (TimeoutException e) {
      log.log(Level.DEBUG, "Latchkey: no answer within lookupTimeout, an uncached key gets 503");
      return UNAVAILABLE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNAVAILABLE;
    } finally {
      mayWait.release();
    }
  }

  private Optional<ConfirmedKey> await(KeyHash hash, long deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    KeyLoads.Load.Answer answer;
    do {
      answer = await(loads.load(hash), deadline);
    } while (answer.overtaken());
    return answer.found();
  }

  private KeyLoads.Load.Answer await(KeyLoads.Load load, long deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      return load.get(Math.min(LONG.toNanos(), deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      loads.callLoader();
      return load.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }

  private Map<KeyHash, ConfirmedKey> find(Collection<KeyHash> hashes) {
    if (circuit.isOpen()) {
      startProbe();
      throw new StoreException("the store is down", null);
    }
    return ask(hashes);
  }

  private void startProbe() {
    if (circuit.beginProbe()) {
      try {
        executor.execute(
            () -> {
              try {
                probe();
              } finally {
                circuit.endProbe();
              }
            });
      } catch (RuntimeException | Error e) { // closed, or no more threads to be had
        circuit.endProbe();
        log.log(Level.DEBUG, "Latchkey: key store cannot be probed", e);
      }
    }
  }

  private void probe() {
    try {
      ask(Set.of(PROBE));
    } catch (RuntimeException | Error e) {
      log.log(Level.DEBUG, "Latchkey: key store still unavailable", e);
    }
  }

  private Map<KeyHash, ConfirmedKey> ask(Collection<KeyHash> hashes) {
    long asked = nanoTime.getAsLong(); // not when answered: rows were read some time in between
    Map<KeyHash, ConfirmedKey> found = new HashMap<>();
    try {
      for (Map.Entry<KeyHash, FoundKey> entry : store.findByHashes(hashes).entrySet()) {
        if (entry.getValue().readable()) {
          found.put(entry.getKey(), new ConfirmedKey(entry.getValue(), asked));
        } else {
          loads.fail(entry.getKey(), FoundKey.rowIsUnreadable()); // it alone
          live.forget(entry.getKey());
        }
      }
    } catch (RuntimeException | Error e) {
      circuit.failed(asked, e);
      throw e;
    }
    circuit.answered();
    return found;
  }

  /** What is remembered from now on. */
  private Optional<ConfirmedKey> keep(KeyHash hash, Optional<ConfirmedKey> found) {
    if (found.isEmpty()) {
      live.forget(hash);
      unknown.put(hash, Boolean.TRUE);
      return found;
    }
    unknown.invalidate(hash);
    return Optional.of(live.put(found.get()));
  }
}
