package dev.latchkey.internal.auth;

import dev.latchkey.auth.ApiKeyPrincipal;
import dev.latchkey.internal.auth.AuthOutcome.Granted;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.KeySnapshot;
import dev.latchkey.internal.store.StoredKey;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A key as the store confirmed it, with all that a request needs. It is map key and outcome in one
 * object, so that a request reads one object: with many keys, fetching objects from memory takes
 * most of the time.
 *
 * <p>A key goes <em>on the fast path</em> for the rest of a second when {@link Liveness} finds that
 * the answer cannot change before that second ends, and its use has been recorded. A request on the
 * fast path only reads the clock.
 *
 * <p>Thread-safe.
 */
final class CachedKey extends KeyHash implements Granted {
  private static final long SECOND = 1_000;

  /** Not on the fast path. */
  private static final long CLOSED = Long.MIN_VALUE;

  /** Never on the fast path again. */
  private static final long INVALIDATED = CLOSED + 1;

  private static final AtomicLongFieldUpdater<CachedKey> FAST_PATH_SECOND =
      AtomicLongFieldUpdater.newUpdater(CachedKey.class, "fastPathSecond");
  private static final AtomicReferenceFieldUpdater<CachedKey, @Nullable Use> USE =
      AtomicReferenceFieldUpdater.newUpdater(CachedKey.class, Use.class, "use");
  private static final BinaryOperator<@Nullable Use> LATER =
      (one, other) ->
          one == null || (other != null && other.second() >= one.second()) ? other : one;

  // Fields of the fast path come first: JVMs then place them near the hash.
  private ApiKeyPrincipal principal; // written before fastPathSecond, and read after it
  private volatile long fastPathSecond = CLOSED;
  private final long expiresAtMillis;
  private final long retiredAtMillis; // end of the grace period; MIN_VALUE if the owner is disabled
  private final long versionMicros;
  private final boolean ownerIsService;
  private boolean rolesGiven; // guarded by this, as the next
  private long rolesAskedAtNanos;
  private volatile long confirmedAtNanos;
  private volatile @Nullable Use use;

  /**
   * A use of the key that is not written yet.
   *
   * @param second the time of the use, in seconds since the epoch
   * @param from the caller's address
   */
  record Use(long second, String from) {
    /** Replaces {@code equals}: a record's makes the JVM keep the application's class loader. */
    boolean isSameAs(Use other) {
      return second == other.second && from.equals(other.from);
    }
  }

  /**
   * Creates a key.
   *
   * @param confirmedAtNanos when the look-up that found it began
   */
  CachedKey(KeySnapshot found, long confirmedAtNanos) {
    super(found.key().hash());
    StoredKey key = found.key();
    this.principal = new ApiKeyPrincipal(key.owner(), key.tag(), Set.of(), key.scopes());
    this.expiresAtMillis = key.expiresAt().toEpochMilli();
    this.retiredAtMillis = Liveness.retiredAtMillis(found);
    this.versionMicros = micros(found.changedAt());
    this.ownerIsService = found.ownerIsService();
    this.confirmedAtNanos = confirmedAtNanos;
  }

  private static long micros(Instant at) {
    return at.getEpochSecond() * 1_000_000
        + at.getNano() / 1_000; // overflow-free for any instant of a database
  }

  @Override
  public ApiKeyPrincipal principal() {
    return principal;
  }

  /**
   * Gives the owner the roles of an answer, unless a later answer has given others; see {@link
   * OwnerRights}.
   */
  void setRoles(CachedOwner owner) {
    if (principal.roles() != owner.rights().roles()) {
      setOtherRoles(owner);
    }
  }

  private synchronized void setOtherRoles(CachedOwner owner) {
    if (rolesGiven && owner.askedAtNanos() - rolesAskedAtNanos < 0) {
      return;
    }
    rolesGiven = true;
    rolesAskedAtNanos = owner.askedAtNanos();
    principal =
        new ApiKeyPrincipal(
            principal.getName(), principal.keyTag(), owner.rights().roles(), principal.scopes());
    closeFastPath(); // another thread may have opened it with other roles
  }

  /** Returns whether the owner is a service, whom the application need not know. */
  boolean ownerIsService() {
    return ownerIsService;
  }

  @Override
  public long effectiveExpiryMillis() {
    return Math.min(expiresAtMillis, retiredAtMillis);
  }

  long expiresAtMillis() {
    return expiresAtMillis;
  }

  long retiredAtMillis() {
    return retiredAtMillis;
  }

  /** Returns whether the key is granted at this time without further checks. */
  boolean onFastPath(long nowMillis) {
    return second(nowMillis) == fastPathSecond;
  }

  /**
   * Opens the fast path for this second, if the answer cannot change before it ends.
   *
   * @param unchangedMillis how long the answer stays the same
   */
  void openFastPath(long nowMillis, long unchangedMillis) {
    long second = second(nowMillis);
    long before = fastPathSecond;
    if ((second + 1) * SECOND - nowMillis <= unchangedMillis && before != INVALIDATED) {
      // Only for this second, so a clock that is set back closes it too.
      FAST_PATH_SECOND.compareAndSet(this, before, second);
    }
  }

  /** Makes the next request check the key in full. */
  void closeFastPath() {
    FAST_PATH_SECOND.updateAndGet(this, second -> second == INVALIDATED ? INVALIDATED : CLOSED);
  }

  /** Closes the fast path for good; the cache calls this when it drops the key. */
  void invalidate() {
    fastPathSecond = INVALIDATED;
  }

  /** Returns whether the cache has dropped the key, for whatever reason. */
  boolean isInvalidated() {
    return fastPathSecond == INVALIDATED;
  }

  private static long second(long millis) {
    return Math.floorDiv(millis, SECOND);
  }

  /** Returns whether a change led to exactly this version of the key. */
  boolean hasVersion(Instant changedAt) {
    return versionMicros == micros(changedAt);
  }

  /**
   * Takes over the confirmation time of a later result, if nothing else differs.
   *
   * @return whether nothing else differs
   */
  boolean confirm(CachedKey later) {
    boolean same =
        versionMicros == later.versionMicros
            && expiresAtMillis == later.expiresAtMillis
            && retiredAtMillis == later.retiredAtMillis
            && ownerIsService == later.ownerIsService
            && principal.equals(later.principal)
            && Objects.equals(principal.scopes(), later.principal.scopes());
    if (same) {
      confirmedAtNanos = later.confirmedAtNanos;
    }
    return same;
  }

  /** Returns when the last look-up that confirmed the key began. */
  long confirmedAtNanos() {
    return confirmedAtNanos;
  }

  /**
   * Keeps a use until it is taken; of two uses, the later one.
   *
   * @return whether a use was kept already
   */
  boolean keepUse(Use one) {
    Use kept = use;
    return (kept != null && kept.isSameAs(one)) || USE.getAndAccumulate(this, one, LATER) != null;
  }

  /** Removes and returns the kept use; null if there is none. */
  @Nullable Use takeUse() {
    return USE.getAndSet(this, null);
  }
}
