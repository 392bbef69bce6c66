package dev.latchkey.internal.store;

import java.time.Instant;

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

  @Override
  public int compareTo(Position other) {
    int byInstant = at.compareTo(other.at);
    return byInstant != 0 ? byInstant : id.compareTo(other.id);
  }
}
