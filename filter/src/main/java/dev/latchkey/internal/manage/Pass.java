package dev.latchkey.internal.manage;

import dev.latchkey.internal.store.Position;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A way through a list, newest first, that several calls may share.
 *
 * @param place where to go on
 * @param until keys that were made before are no part of it
 * @param began when it did
 * @param isResumed whether more than one call has gone it
 */
record Pass(Position place, Instant until, Instant began, boolean isResumed) {
  /** By how much the clocks differ by which nodes date keys; and how long an add takes. */
  private static final Duration BLUR = Duration.ofMinutes(1);

  static Pass throughAll(Instant now) {
    return new Pass(Position.LAST, Instant.MIN, now, false);
  }

  Pass resumed() {
    return new Pass(place, until, began, true);
  }

  Pass at(Position next) {
    return new Pass(next, until, began, isResumed);
  }

  /**
   * Returns what is left after a part of the list. If other calls have begun the way, keys may have
   * been added since where it has passed already: that is a way of its own.
   *
   * @param next where the list goes on; null if it ends
   * @return null if nothing is left
   */
  @Nullable Pass after(@Nullable Position next, Instant now) {
    if (next != null && !next.at().isBefore(until)) {
      return at(next);
    }
    return isResumed ? new Pass(Position.LAST, began.minus(BLUR), now, false) : null;
  }
}
