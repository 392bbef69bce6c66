package dev.latchkey.internal.auth;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides how long a cached key may be honoured: until {@code maxStale} after its last
 * confirmation, which is its own look-up or a success of the change feed, whichever is later.
 *
 * <p>The feed confirms a key only while it has seen every change since the key's look-up. After too
 * long a silence it has lost track, and keys looked up before are unconfirmed. A key that was
 * honoured at that moment stays so for {@code lookupTimeout} and no longer: enough for a refresh,
 * and a key that was revoked during the silence dies within that time.
 *
 * <p>Times are those of {@code System.nanoTime}, and may overflow. Thread-safe.
 */
final class Freshness {
  /** The last success of a healthy feed is at most so many intervals ago. */
  private static final int MISSED_POLLS = 3;

  private final LongSupplier nanoTime;
  private final long maxStaleNanos;
  private final long lookupTimeoutNanos;
  private volatile State state;

  /** A period of which the feed has seen all changes. */
  private record Period(long from, long until) {
    /** Returns the time since the last confirmation of a key that was looked up in this period. */
    long staleness(long lookedUpAt, long now) {
      return Math.min(now - lookedUpAt, now - until);
    }
  }

  /** The current period, and the one that ended when the feed lost track. */
  private record State(Period current, @Nullable Period previous) {}

  Freshness(CacheSettings settings, Duration feedInterval, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    // No confirmation comes between two polls; PT0S must not reject everything then.
    this.maxStaleNanos =
        Math.max(settings.maxStale().toNanos(), feedInterval.multipliedBy(MISSED_POLLS).toNanos());
    this.lookupTimeoutNanos = settings.lookupTimeout().toNanos();
    long now = nanoTime.getAsLong();
    this.state = new State(new Period(now, now), null);
  }

  /** Records that the feed has seen all changes until a time. Only the feed's thread calls it. */
  void onFeedSuccess(long atNanos) {
    State now = state;
    state = new State(new Period(now.current.from, atNanos), now.previous);
  }

  /** Records that the feed may have missed changes. Only the feed's thread calls it. */
  void onFeedLostTrack() {
    long now = nanoTime.getAsLong();
    state = new State(new Period(now, now), state.current);
  }

  /** Returns whether the feed may have missed changes of a key looked up at this time. */
  boolean isUnconfirmed(long lookedUpAt) {
    return lookedUpAt - state.current.from < 0;
  }

  /** Returns for how many more nanoseconds a key is honoured; negative if it is not. */
  long remainingNanos(long lookedUpAt, long now) {
    State s = state;
    long trackSince = s.current.from;
    if (lookedUpAt - trackSince >= 0) {
      return maxStaleNanos - s.current.staleness(lookedUpAt, now);
    }
    boolean wasHonoured =
        s.previous != null
            && lookedUpAt - s.previous.from >= 0
            && s.previous.staleness(lookedUpAt, trackSince) <= maxStaleNanos;
    return wasHonoured ? lookupTimeoutNanos - (now - trackSince) : -1;
  }
}
