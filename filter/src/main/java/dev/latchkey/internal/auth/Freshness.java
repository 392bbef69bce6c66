package dev.latchkey.internal.auth;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides how long a cached key may be honoured: until {@code maxStale} after its last
 * confirmation, which is its own look-up or a success of the change feed, whichever is later.
 *
 * <p>The feed vouches for a key only while it has seen every change since the key's look-up. When
 * it was silent for too long, it has lost track: what was looked up before is then unconfirmed. It
 * is honoured, if it was so at that moment, for as long as a look-up may take and no longer, so
 * that a key that was revoked meanwhile dies within that time.
 *
 * <p>Times are those of {@code System.nanoTime}, and may overflow. Thread-safe.
 */
final class Freshness {
  /** In a healthy feed's worst moment the last success is so many intervals ago. */
  private static final int MISSED_POLLS = 3;

  private final LongSupplier nanoTime;
  private final long maxStaleNanos;
  private final long lookupTimeoutNanos;
  private volatile State state;

  /** A time, from one instant until another, of which the feed has seen all changes. */
  private record Period(long from, long until) {
    /** Returns how long ago a key that was looked up in this period was last confirmed. */
    long staleness(long lookedUpAt, long now) {
      return Math.min(now - lookedUpAt, now - until);
    }
  }

  /** The period that goes on, and the one before the feed lost track. */
  private record State(Period current, @Nullable Period previous) {}

  Freshness(CacheSettings settings, Duration feedInterval, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    // Between two polls nothing is confirmed; PT0S must not refuse everything then.
    this.maxStaleNanos =
        Math.max(settings.maxStale().toNanos(), feedInterval.multipliedBy(MISSED_POLLS).toNanos());
    this.lookupTimeoutNanos = settings.lookupTimeout().toNanos();
    long now = nanoTime.getAsLong();
    this.state = new State(new Period(now, now), null);
  }

  /** Takes note that the feed has seen all changes until a time. For the feed's thread alone. */
  void onFeedSuccess(long atNanos) {
    State now = state;
    state = new State(new Period(now.current.from, atNanos), now.previous);
  }

  /** Takes note that the feed may have missed changes until now. For the feed's thread alone. */
  void onFeedLostTrack() {
    long now = nanoTime.getAsLong();
    state = new State(new Period(now, now), state.current);
  }

  /** Returns whether the feed cannot vouch for what was looked up at this time. */
  boolean isUnconfirmed(long lookedUpAt) {
    return lookedUpAt - state.current.from < 0;
  }

  /** Returns for how many nanoseconds from now on a key is honoured; negative if it is not. */
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
