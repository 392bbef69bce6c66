package dev.latchkey.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How well this node knows what other nodes changed.
 *
 * <p>Immutable and thread-safe.
 */
public final class FeedState {
  private final Optional<Instant> lastSuccess;
  private final Duration lag;

  /** Creates a state, as for an application's tests. */
  public FeedState(Optional<Instant> lastSuccess, Duration lag) {
    this.lastSuccess = Objects.requireNonNull(lastSuccess, "lastSuccess");
    this.lag = Objects.requireNonNull(lag, "lag");
  }

  /**
   * Returns when, by this node's clock, the change feed last asked the store and was answered;
   * empty if not yet.
   */
  public Optional<Instant> lastSuccess() {
    return lastSuccess;
  }

  /**
   * Returns how long ago that was, or the start if not yet, measured apart from the clock: a change
   * that was there before is known here.
   */
  public Duration lag() {
    return lag;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeedState state
        && lastSuccess.equals(state.lastSuccess)
        && lag.equals(state.lag);
  }

  @Override
  public int hashCode() {
    return Objects.hash(lastSuccess, lag);
  }

  @Override
  public String toString() {
    return "FeedState[lastSuccess=" + lastSuccess + ", lag=" + lag + "]";
  }
}
