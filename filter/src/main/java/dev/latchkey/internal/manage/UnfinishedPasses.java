package dev.latchkey.internal.manage;

import dev.latchkey.manage.KeyFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a while where calls have stopped, by their filters, so that those who call again go
 * on there: a filter that keeps few of many keys would else never get to the end. Each node
 * remembers its own; a call on another begins anew.
 *
 * <p>Thread-safe.
 */
final class UnfinishedPasses {
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int MOST = 100;

  private final Map<KeyFilter, Stop> stops = new LinkedHashMap<>();

  private record Stop(Pass pass, Instant at) {}

  /** Returns what is left for a filter, which then is nobody else's; or all of the list. */
  synchronized Pass take(KeyFilter filter, Instant now) {
    Stop stop = stops.remove(filter);
    return stop != null && now.isBefore(stop.at().plus(KEPT))
        ? stop.pass().resumed()
        : Pass.throughAll(now);
  }

  /** Remembers what is left, if anything. */
  synchronized void put(KeyFilter filter, @Nullable Pass left, Instant now) {
    stops.remove(filter); // what is put again counts as new
    if (left == null) {
      return;
    }
    if (stops.size() == MOST) {
      stops.remove(stops.keySet().iterator().next());
    }
    stops.put(filter, new Stop(left, now));
  }
}
