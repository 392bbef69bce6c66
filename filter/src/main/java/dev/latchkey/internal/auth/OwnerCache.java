package dev.latchkey.internal.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.store.ApiKeyStore;
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
 * {@link #renew} asks about many such owners in one query. Requests wait behind no renewal: they
 * have loaders, and a register of look-ups, of their own.
 *
 * <p>While the application does not answer, no request waits, and the last answer counts until it
 * is {@code maxStale} old, a "no" like a "yes". A failure is never cached, and never becomes "no".
 *
 * <p>Thread-safe.
 */
public final class OwnerCache {
  private static final int MIN_SIZE = 10_000;
  private static final Duration MAX_RENEWAL_INTERVAL = Duration.ofSeconds(1);
  private static final Duration MIN_RENEWAL_INTERVAL = Duration.ofMillis(50);
  private static final int RENEWAL_INTERVALS_PER_TTL = 10;

  /** A question that took so many times {@code lookupTimeout} is asked again beside it. */
  private static final int HANGS_AFTER_TIMEOUTS = 5;

  /** Few, since the application's code may ask about one after the other while requests wait. */
  private static final int MAX_OWNERS_WAITED_FOR = 32;

  private static final CachedOwner NOT_ASKED = new CachedOwner(OwnerRights.NOT_ASKED, 0);

  private final OwnerSource source;
  private final Cache<String, CachedOwner> owners;
  private final OwnerLookup lookup;
  private final PendingLookups<String, CachedOwner> pending = new PendingLookups<>();
  private final BatchingLoader<String, CachedOwner> loader;
  private final PendingLookups<String, CachedOwner> pendingRenewals = new PendingLookups<>();
  private final BatchingLoader<String, CachedOwner> renewer;
  private final Set<String> renewalsDue = ConcurrentHashMap.newKeySet();
  private final LongSupplier nanoTime;
  private final long ttlNanos;
  private final long maxStaleNanos;
  private final long timeoutNanos;

  /**
   * Creates an empty cache.
   *
   * @param executor runs the queries; of its own, since the application's code may hang
   * @param nanoTime measures ages
   */
  public OwnerCache(
      OwnerSource source, CacheSettings settings, Executor executor, LongSupplier nanoTime) {
    this.source = source;
    this.lookup = new OwnerLookup(source, executor, nanoTime);
    this.nanoTime = nanoTime;
    this.ttlNanos = source.settings().ownerTtl().toNanos();
    this.maxStaleNanos = settings.maxStale().toNanos();
    this.timeoutNanos = settings.lookupTimeout().toNanos();
    this.owners =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(Math.max(settings.cacheMaximumSize(), MIN_SIZE))
            .build();
    this.loader = loader(pending, MAX_OWNERS_WAITED_FOR, executor, BatchingLoader.MAX_LOADERS - 1);
    this.renewer = loader(pendingRenewals, ApiKeyStore.MAX_HASHES, executor, 1);
  }

  private BatchingLoader<String, CachedOwner> loader(
      PendingLookups<String, CachedOwner> register, int maxBatch, Executor executor, int max) {
    return new BatchingLoader<>(
        register, () -> 0, batch -> query(register, batch), maxBatch, executor, max);
  }

  /** Returns whether the source of owners' rights is known to be down. */
  boolean isDown() {
    return lookup.isDown();
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
    return fresh || (lookup.isDown() && age <= maxStaleNanos) ? owner : null;
  }

  private boolean isAskedAbout(CachedKey key) {
    return key.ownerIsService() ? source.tellsRoles() : source.isAsked();
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
    if (lookup.isDown()) {
      lookup.startProbe(name);
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
    renewer.loadAll(names);
  }

  /** Loads answers ahead of requests; nobody waits for it. */
  void preload(Collection<CachedKey> keys) {
    renewer.loadAll(
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
   * @param name the owner's
   * @param earliestNanos when to ask at the earliest
   * @param deadline until when to wait, by the system's clock
   * @throws ExecutionException if there is no answer
   * @throws TimeoutException if there is none in time
   */
  CachedOwner await(String name, long earliestNanos, long deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    long begun = nanoTime.getAsLong();
    while (!lookup.isDown()) {
      PendingLookup<String, CachedOwner> question = loader.load(name);
      try {
        Optional<CachedOwner> found = loader.await(question, deadline).found();
        if (found.isPresent() && found.get().askedAtNanos() - earliestNanos >= 0) {
          return found.get();
        }
      } catch (ExecutionException e) {
        return last(name).orElseThrow(() -> e);
      } catch (TimeoutException e) { // such as of code that hangs
        if (question.isOlderThan(HANGS_AFTER_TIMEOUTS * timeoutNanos)) {
          pending.invalidate(name); // others need not wait for it
        }
        if (question.isOlderThan(timeoutNanos / 2)) { // not only this request's time is up
          lookup.onTimeout(name, begun);
        }
        return last(name).orElseThrow(() -> e);
      }
    }
    lookup.startProbe(name);
    return last(name)
        .orElseThrow(() -> new ExecutionException(new StoreException("no answer", null)));
  }

  /**
   * Returns an owner's roles, as they are told for keys; none if nobody tells roles.
   *
   * @throws StoreException if there is no answer
   */
  public Set<String> rolesOf(String name) {
    if (!source.tellsRoles()) {
      return Set.of();
    }
    long now = nanoTime.getAsLong();
    CachedOwner cached = owners.getIfPresent(name);
    if (cached != null && remainingNanos(cached, now) >= 0) {
      return cached.rights().roles();
    }
    try {
      return await(name, oldest(now), System.nanoTime() + timeoutNanos).rights().roles();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while an owner's roles were asked for", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new StoreException("nobody tells the owner's roles now", e);
    }
  }

  private Optional<CachedOwner> last(String name) {
    return Optional.ofNullable(owners.getIfPresent(name))
        .filter(owner -> nanoTime.getAsLong() - owner.askedAtNanos() <= maxStaleNanos);
  }

  private void query(
      PendingLookups<String, CachedOwner> register,
      List<PendingLookup<String, CachedOwner>> batch) {
    long asked = nanoTime.getAsLong();
    Map<String, OwnerRights> found = lookup.find(batch.stream().map(PendingLookup::key).toList());
    for (PendingLookup<String, CachedOwner> question : batch) {
      String name = question.key();
      OwnerRights rights = found.get(name);
      if (rights == null) {
        register.fail(question, new StoreException("no answer about one owner", null));
      } else {
        register.complete(question, () -> Optional.of(put(name, new CachedOwner(rights, asked))));
      }
    }
  }

  /** Caches an answer, unless a later question has been answered. */
  private CachedOwner put(String name, CachedOwner owner) {
    return owners.asMap().merge(name, owner, OwnerCache::later);
  }

  private static CachedOwner later(CachedOwner before, CachedOwner owner) {
    if (before.askedAtNanos() - owner.askedAtNanos() > 0) {
      return before;
    }
    return before.rights().equals(owner.rights()) // one set for all its keys
        ? new CachedOwner(before.rights(), owner.askedAtNanos())
        : owner;
  }

  /** Records that the store has answered the change feed: a time to probe, if that is needed. */
  void onStoreAnswer() {
    lookup.onStoreAnswer();
  }

  /** Invalidates an owner: when it returns, no answer to an earlier question is used. */
  public void invalidate(String owner) {
    forgetQuestions(owner); // first: see KeyCache.invalidateIf
    owners.invalidate(owner);
  }

  /**
   * Marks an owner's answer as outdated, since something of the owner changed on another node. A
   * "may use keys" stays for an outage, as other keys of the owner do.
   */
  void outdate(String owner) {
    forgetQuestions(owner);
    owners
        .asMap()
        .computeIfPresent(
            owner, (name, old) -> old.rights().mayUseKeys() ? old.asOutdated() : null);
  }

  private void forgetQuestions(String owner) {
    pending.invalidate(owner);
    pendingRenewals.invalidate(owner);
  }
}
