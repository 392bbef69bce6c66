package dev.latchkey.internal.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A place in a list: that of an item, by its instant and then by its id, which is a key's tag or an
 * event's id.
 *
 * @param at to the microsecond
 */
public record Position(Instant at, String id) implements Comparable<Position> {
  /** After everything. */
  public static final Position LAST = new Position(Instant.parse("9999-12-31T23:59:59Z"), "~");

  /** Before everything. */
  public static final Position FIRST = new Position(Instant.parse("0001-01-01T00:00:00Z"), "");

  /** Returns the place before all items of an instant or later, even if it is more precise. */
  public static Position startOf(Instant at) {
    Instant micros = at.truncatedTo(ChronoUnit.MICROS);
    return new Position(micros.isBefore(at) ? micros.plus(1, ChronoUnit.MICROS) : micros, "");
  }

  /** Returns the earlier of two places. */
  public static Position earlier(Position one, Position other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public int compareTo(Position other) {
    int byInstant = at.compareTo(other.at);
    return byInstant != 0 ? byInstant : id.compareTo(other.id);
  }
}
