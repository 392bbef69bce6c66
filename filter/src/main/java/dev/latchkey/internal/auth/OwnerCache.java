package dev.latchkey.internal.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.log.OncePerMinute;
import dev.latchkey.internal.store.ApiKeyStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches the application's answers about owners. An answer is used until it is {@code ownerTtl}
 * old. From half of that age on, it is renewed in the background if a key of the owner is in use:
 * {@link #renew} asks about many such owners in one query.
 *
 * <p>While the application does not answer, a circuit breaker is open: no request waits, and the
 * last answer counts until it is {@code maxStale} old. A failure is never cached, and never becomes
 * "no".
 *
 * <p>Thread-safe.
 */
public final class OwnerCache {
  private static final Logger log = System.getLogger(OwnerCache.class.getName());
  private static final int MIN_SIZE = 10_000;
  private static final Duration MAX_RENEWAL_INTERVAL = Duration.ofSeconds(1);
  private static final Duration MIN_RENEWAL_INTERVAL = Duration.ofMillis(50);
  private static final int RENEWAL_INTERVALS_PER_TTL = 10;

  /** A question that took so many times {@code lookupTimeout} is asked again beside it. */
  private static final int HANGS_AFTER_TIMEOUTS = 5;

  private static final CachedOwner NOT_ASKED = new CachedOwner(OwnerRights.NOT_ASKED, 0);

  private final OwnerSource source;
  private final Cache<String, CachedOwner> owners;
  private final PendingLookups<String, CachedOwner> pending = new PendingLookups<>();
  private final BatchingLoader<String, CachedOwner> loader;
  private final StoreCircuitBreaker breaker;
  private final Set<String> renewalsDue = ConcurrentHashMap.newKeySet();
  private final Executor executor;
  private final LongSupplier nanoTime;
  private final long ttlNanos;
  private final long maxStaleNanos;
  private final long timeoutNanos;
  private final OncePerMinute warnings;
  private volatile String probed = ""; // the owner whom a probe asks about

  /**
   * Creates an empty cache.
   *
   * @param executor runs the queries; of its own, since the application's code may hang
   * @param nanoTime measures ages
   */
  public OwnerCache(
      OwnerSource source, CacheSettings settings, Executor executor, LongSupplier nanoTime) {
    this.source = source;
    this.executor = executor;
    this.nanoTime = nanoTime;
    this.warnings = new OncePerMinute(nanoTime);
    this.ttlNanos = source.settings().ownerTtl().toNanos();
    this.maxStaleNanos = settings.maxStale().toNanos();
    this.timeoutNanos = settings.lookupTimeout().toNanos();
    this.owners =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(Math.max(settings.cacheMaximumSize(), MIN_SIZE))
            .build();
    this.loader =
        new BatchingLoader<>(
            pending, () -> 0, this::query, executor, BatchingLoader.MAX_LOADERS - 1);
    this.breaker =
        new StoreCircuitBreaker(
            "source of owners' rights", "keys of owners who are not cached get 503", nanoTime);
  }

  /** Creates a cache that asks nobody, as by default: every owner may use keys, without roles. */
  public static OwnerCache asksNobody(ApiKeyStore store) {
    return new OwnerCache(
        new OwnerSource(OwnerSettings.DEFAULT, store),
        CacheSettings.DEFAULT,
        Runnable::run,
        System::nanoTime);
  }

  /** Returns how often {@link #renew} is to be called. */
  public Duration renewalInterval() {
    Duration interval = Duration.ofNanos(ttlNanos / RENEWAL_INTERVALS_PER_TTL);
    if (interval.compareTo(MAX_RENEWAL_INTERVAL) > 0) {
      return MAX_RENEWAL_INTERVAL;
    }
    return interval.compareTo(MIN_RENEWAL_INTERVAL) < 0 ? MIN_RENEWAL_INTERVAL : interval;
  }

  /** Returns the answer that counts now about the owner of a key; null if one must be awaited. */
  @Nullable CachedOwner get(CachedKey key, long nowNanos) {
    if (!isAskedAbout(key)) {
      return NOT_ASKED;
    }
    String name = key.principal().getName();
    CachedOwner owner = owners.getIfPresent(name);
    if (owner == null) {
      return null;
    }
    long age = nowNanos - owner.askedAtNanos();
    if (age >= ttlNanos / 2 || owner.outdated()) {
      renewLater(name);
    }
    boolean fresh = age <= ttlNanos && !owner.outdated();
    return fresh || (breaker.isOpen() && age <= maxStaleNanos) ? owner : null;
  }

  private boolean isAskedAbout(CachedKey key) {
    return key.ownerIsService() ? source.isAskedAboutServices() : source.isAsked();
  }

  /** Returns for how many nanoseconds an answer counts without another look; negative if not. */
  long remainingNanos(CachedOwner owner, long nowNanos) {
    if (owner == NOT_ASKED) {
      return Long.MAX_VALUE;
    }
    return owner.outdated() ? -1 : ttlNanos - (nowNanos - owner.askedAtNanos());
  }

  /** Returns when an answer must have been asked for that counts at a time. */
  long oldest(long nowNanos) {
    return nowNanos - ttlNanos;
  }

  private void renewLater(String name) {
    if (breaker.isOpen()) {
      startProbe(name);
    } else {
      renewalsDue.add(name);
    }
  }

  /** Renews the answers that are due, in few queries; nobody waits for it. */
  public void renew() {
    List<String> names = new ArrayList<>();
    Iterator<String> due = renewalsDue.iterator();
    while (due.hasNext() && names.size() < BatchingLoader.MAX_PENDING / 2) {
      names.add(due.next());
      due.remove();
    }
    loader.loadAll(names);
  }

  /** Loads answers ahead of requests; nobody waits for it. */
  void preload(Collection<CachedKey> keys) {
    loader.loadAll(
        keys.stream()
            .filter(this::isAskedAbout)
            .map(key -> key.principal().getName())
            .filter(name -> owners.getIfPresent(name) == null)
            .distinct()
            .toList());
  }

  /**
   * Waits for an answer that was asked for at a time or later; without one, returns the last answer
   * if it counts still.
   *
   * @param earliestNanos when to ask at the earliest
   * @param deadline until when to wait, by the system's clock
   * @throws ExecutionException if there is no answer
   * @throws TimeoutException if there is none in time
   */
  CachedOwner await(CachedKey key, long earliestNanos, long deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    String name = key.principal().getName();
    long begun = nanoTime.getAsLong();
    while (!breaker.isOpen()) {
      PendingLookup<String, CachedOwner> lookup = loader.load(name);
      try {
        Optional<CachedOwner> found = loader.await(lookup, deadline).found();
        if (found.isPresent() && found.get().askedAtNanos() - earliestNanos >= 0) {
          return found.get();
        }
      } catch (ExecutionException e) {
        return last(name).orElseThrow(() -> e);
      } catch (TimeoutException e) { // such as of code that hangs
        if (lookup.isOlderThan(HANGS_AFTER_TIMEOUTS * timeoutNanos)) {
          pending.invalidate(name); // others need not wait for it
        }
        if (lookup.isOlderThan(timeoutNanos / 2)) { // not only this request's time is up
          probed = name;
          breaker.onFailure(begun, new StoreException("no answer within lookupTimeout", null));
        }
        return last(name).orElseThrow(() -> e);
      }
    }
    startProbe(name);
    return last(name)
        .orElseThrow(() -> new ExecutionException(new StoreException("no answer", null)));
  }

  private Optional<CachedOwner> last(String name) {
    return Optional.ofNullable(owners.getIfPresent(name))
        .filter(owner -> nanoTime.getAsLong() - owner.askedAtNanos() <= maxStaleNanos);
  }

  private void query(List<PendingLookup<String, CachedOwner>> batch) {
    if (breaker.isOpen()) {
      throw new StoreException("the source of owners' rights is down", null);
    }
    long asked = nanoTime.getAsLong();
    Map<String, OwnerRights> found = ask(batch.stream().map(PendingLookup::key).toList());
    for (PendingLookup<String, CachedOwner> lookup : batch) {
      OwnerRights rights = found.get(lookup.key());
      if (rights == null) {
        pending.fail(lookup, new StoreException("no answer about one owner", null));
        warnOfMissingAnswer();
      } else {
        pending.complete(
            lookup, () -> Optional.of(put(lookup.key(), new CachedOwner(rights, asked))));
      }
    }
  }

  private void warnOfMissingAnswer() {
    if (warnings.isDue()) {
      log.log(
          Level.WARNING,
          "Latchkey: no answer about an owner, whose keys get 503 if that lasts: the application"
              + " returned null in place of roles");
    }
  }

  private CachedOwner put(String name, CachedOwner owner) {
    CachedOwner before = owners.getIfPresent(name);
    CachedOwner kept =
        before != null && before.rights().equals(owner.rights()) // one set for all its keys
            ? new CachedOwner(before.rights(), owner.askedAtNanos())
            : owner;
    owners.put(name, kept);
    return kept;
  }

  private Map<String, OwnerRights> ask(Collection<String> names) {
    long asked = nanoTime.getAsLong();
    Map<String, OwnerRights> found;
    try {
      found = source.find(names);
    } catch (RuntimeException | Error e) {
      probed = names.iterator().next();
      breaker.onFailure(asked, e);
      throw e;
    }
    breaker.onSuccess();
    return found;
  }

  /** Records that the store has answered the change feed: a time to probe, if that is needed. */
  void onStoreAnswer() {
    if (breaker.isOpen()) {
      startProbe(probed);
    }
  }

  /** Probes in the background, unless the last probe was a moment ago. */
  private void startProbe(String name) {
    if (!breaker.tryHalfOpen()) {
      return;
    }
    try {
      executor.execute(
          () -> {
            try {
              ask(List.of(name));
            } catch (RuntimeException | Error e) {
              log.log(Level.DEBUG, "Latchkey: source of owners' rights still unavailable", e);
            } finally {
              breaker.endHalfOpen();
            }
          });
    } catch (RuntimeException | Error e) { // shut down, or out of threads
      breaker.endHalfOpen();
      log.log(Level.DEBUG, "Latchkey: source of owners' rights cannot be probed", e);
    }
  }

  /** Invalidates an owner: when it returns, no answer to an earlier question is used. */
  public void invalidate(String owner) {
    pending.invalidate(owner); // first: see KeyCache.invalidateIf
    owners.invalidate(owner);
  }

  /**
   * Marks an owner's answer as outdated, since something of the owner changed on another node. A
   * "may use keys" stays for an outage, as other keys of the owner do.
   */
  void outdate(String owner) {
    pending.invalidate(owner);
    owners
        .asMap()
        .computeIfPresent(
            owner, (name, old) -> old.rights().mayUseKeys() ? old.asOutdated() : null);
  }
}
