package dev.latchkey.internal.manage;

import dev.latchkey.internal.store.Position;
import dev.latchkey.internal.store.Slice;
import dev.latchkey.manage.InvalidValueException;
import dev.latchkey.manage.Page;
import dev.latchkey.manage.PageRequest;
import java.util.List;
import java.util.Optional;

/** Turns page requests into places, and parts of lists into pages. */
final class Pages {
  private static final int MAX_LIMIT = 200;

  private Pages() {}

  /** A page that is made. */
  private record MadePage<T>(List<T> items, Optional<String> next) implements Page<T> {}

  /** Returns where a page begins. */
  static Position start(PageRequest page, Cursor cursor, Position otherwise) {
    if (page.limit() < 1 || page.limit() > MAX_LIMIT) {
      throw new InvalidValueException("limit", "must be from 1 to " + MAX_LIMIT);
    }
    return page.cursor().map(cursor::read).orElse(otherwise);
  }

  static <T> Page<T> of(Slice<? extends T> slice, Cursor cursor) {
    return new MadePage<>(
        List.copyOf(slice.items()), Optional.ofNullable(slice.next()).map(cursor::write));
  }
}
