package dev.latchkey.manage;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says which page of a list is wanted.
 *
 * <p>Immutable and thread-safe.
 */
public final class PageRequest {
  private final int limit;
  private final @Nullable String cursor;

  private PageRequest(int limit, @Nullable String cursor) {
    this.limit = limit;
    this.cursor = cursor;
  }

  /**
   * Asks for the first page.
   *
   * @param limit how many items it holds at most, from 1 to 200
   */
  public static PageRequest of(int limit) {
    return new PageRequest(limit, null);
  }

  /**
   * Asks for the page that a cursor stands for. A cursor is good on every node, after restarts and
   * with another limit, but not with other filters.
   */
  public PageRequest after(String cursor) {
    return new PageRequest(limit, requireNonNull(cursor, "cursor"));
  }

  /** Returns how many items the page holds at most. */
  public int limit() {
    return limit;
  }

  /** Returns the cursor; empty for the first page. */
  public Optional<String> cursor() {
    return Optional.ofNullable(cursor);
  }

  @Override
  public String toString() {
    return "PageRequest[" + limit + (cursor == null ? "]" : " after " + cursor + "]");
  }
}
