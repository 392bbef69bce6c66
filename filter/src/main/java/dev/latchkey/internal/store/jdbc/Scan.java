package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.store.Position;
import dev.latchkey.internal.store.Slice;
import dev.latchkey.internal.store.jdbc.Session.RowReader;
import java.sql.SQLDataException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list in its order, part by part, and keeps what a filter accepts. It looks at a bounded
 * number of rows: of who looks for what is rare, the next call goes on.
 *
 * @param read returns up to so many rows after a place
 * @param filter what to keep
 * @param isSelective whether the filter leaves out more than a few rows
 */
record Scan<T>(Part<T> read, Predicate<T> filter, boolean isSelective) {
  private static final int PART = 500;
  private static final int MOST_ROWS = 5_000;

  /** Reads rows. */
  @FunctionalInterface
  interface Part<T> {
    List<Row<T>> after(Position place, int limit);
  }

  /**
   * A row of a list.
   *
   * @param place where it stands, even if the rest cannot be read; null if not even that can
   * @param item what it says; null if it cannot be read
   */
  record Row<T>(@Nullable Position place, @Nullable T item) {
    /** Reads a row of which only the place is sure to matter. */
    static <T> RowReader<Row<T>> unreadable(String instant, String id) {
      return row -> {
        try {
          return new Row<>(new Position(Session.instant(row, instant), row.getString(id)), null);
        } catch (SQLDataException e) {
          return new Row<>(null, null);
        }
      };
    }
  }

  Slice<T> from(Position place, int limit) {
    List<T> found = new ArrayList<>();
    Position reached = place;
    int seen = 0;
    int without = 0; // rows without a place, over which the next part has to reach
    while (seen < MOST_ROWS) {
      // One more tells if there is more. Who finds little at first reads more at once.
      int size = without + (isSelective || seen > 0 ? PART : limit + 1);
      List<Row<T>> rows = read.after(reached, size);
      seen += rows.size();
      without = 0;
      for (Row<T> row : rows) {
        if (row.place() == null) {
          without++;
          continue;
        }
        if (row.item() != null) {
          if (found.size() == limit) {
            return new Slice<>(found, reached);
          }
          if (filter.test(row.item())) {
            found.add(row.item());
          }
        }
        reached = row.place();
        without = 0;
      }
      if (rows.size() < size) {
        return new Slice<>(found, null);
      }
    }
    return new Slice<>(found, reached);
  }
}
