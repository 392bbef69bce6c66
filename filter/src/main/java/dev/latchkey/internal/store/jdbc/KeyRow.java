package dev.latchkey.internal.store.jdbc;

import static dev.latchkey.internal.store.jdbc.Session.instant;
import static dev.latchkey.internal.store.jdbc.Session.nullableInstant;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.StoredKey;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads rows of the table of keys. */
final class KeyRow {
  private static final Instant START_OF_TIME = Instant.parse("-9999-01-01T00:00:00Z");
  private static final Instant END_OF_TIME = Instant.parse("+10000-01-01T00:00:00Z");

  /** How many characters of a key's secret its hint ends with. */
  static final int HINT_END = 4;

  private KeyRow() {}

  static KeyHash hash(ResultSet row) throws SQLException {
    return KeyHash.of(row.getBytes("key_hash"));
  }

  /** Returns the column's value, and what a hint is found by: its last characters. */
  static String hintEnd(String hint) {
    return hint.substring(Math.max(0, hint.length() - HINT_END));
  }

  /** Reads a key, which is not deleted. */
  static StoredKey key(ResultSet row) throws SQLException {
    return new StoredKey(
        hash(row),
        row.getString("tag"),
        row.getString("owner"),
        row.getString("hint"),
        row.getString("description"),
        countable(row, "created_at"),
        countable(row, "expires_at"),
        nullableCountable(row, "deleted_at"),
        nullableCountable(row, "last_used_at"),
        row.getString("last_used_from"),
        scopes(row));
  }

  private static @Nullable Set<String> scopes(ResultSet row) throws SQLException {
    String names = row.getString("scopes");
    return names == null ? null : ordered(Arrays.asList(names.strip().split("\\s+")));
  }

  private static Set<String> ordered(List<String> names) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(names));
  }

  /** Returns the column's value for scopes: their names, parted by spaces. */
  static @Nullable String column(@Nullable Set<String> scopes) {
    return scopes == null ? null : String.join(" ", scopes);
  }

  /** An instant that is reckoned with, in milliseconds. */
  private static Instant countable(ResultSet row, String column) throws SQLException {
    return checked(instant(row, column), column);
  }

  private static @Nullable Instant nullableCountable(ResultSet row, String column)
      throws SQLException {
    Instant instant = nullableInstant(row, column);
    return instant == null ? null : checked(instant, column);
  }

  private static Instant checked(Instant instant, String column) throws SQLDataException {
    if (instant.isBefore(START_OF_TIME) || instant.isAfter(END_OF_TIME)) {
      throw new SQLDataException("the instant in the column " + column + " is too far away");
    }
    return instant;
  }
}
