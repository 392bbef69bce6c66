package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.store.Position;
import dev.latchkey.internal.store.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads a list in its order, part by part, and keeps what a filter accepts. It looks at a bounded
 * number of rows: of who looks for what is rare, the next call goes on.
 *
 * @param read returns up to so many rows after a place; empty for a row that cannot be read
 * @param position where an item stands
 * @param filter what to keep
 * @param isSelective whether the filter leaves out more than a few rows
 */
record Scan<T>(
    Part<T> read, Function<T, Position> position, Predicate<T> filter, boolean isSelective) {
  private static final int PART = 500;
  private static final int MOST_ROWS = 5_000;

  /** Reads rows. */
  @FunctionalInterface
  interface Part<T> {
    List<Optional<T>> after(Position place, int limit);
  }

  Slice<T> from(Position place, int limit) {
    List<T> found = new ArrayList<>();
    Position reached = place;
    int seen = 0;
    while (seen < MOST_ROWS) {
      int size = isSelective ? PART : limit - found.size() + 1; // one more tells if there is more
      List<Optional<T>> rows = read.after(reached, size);
      seen += rows.size();
      Position before = reached;
      for (Optional<T> row : rows) {
        if (row.isEmpty()) {
          continue;
        }
        if (found.size() == limit) {
          return new Slice<>(found, reached);
        }
        reached = position.apply(row.get());
        if (filter.test(row.get())) {
          found.add(row.get());
        }
      }
      if (rows.size() < size || reached.equals(before)) {
        return new Slice<>(found, null);
      }
    }
    return new Slice<>(found, reached);
  }
}
