package dev.latchkey.manage;

import java.util.List;
import java.util.Optional;

/**
 * One page of a list. It may hold fewer items than were asked for, even none, and not be the last.
 * Latchkey implements it; methods may be added.
 *
 * <p>Immutable and thread-safe.
 */
public interface Page<T> {
  /** Returns what is on it. */
  List<T> items();

  /** Returns the cursor of the next page; empty if this is the last. */
  Optional<String> next();
}
