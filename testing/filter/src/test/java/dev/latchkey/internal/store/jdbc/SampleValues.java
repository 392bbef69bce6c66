package dev.latchkey.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.Keys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values for the question marks of our statements, by the columns that they are for. */
final class SampleValues {
  private static final Pattern INSERT =
      Pattern.compile("(?s)INSERT INTO \\w+\\s*\\((.+?)\\)\\s*VALUES \\((.+)\\)");
  private static final Pattern MARK =
      Pattern.compile(
          "([\\w.]+|\\w+\\([^()]+\\)) (?:(?:=|<|>|<=|>=) (?:COALESCE\\()?|IN \\()\\?|(LIMIT) \\?");

  private static final Map<String, Object> BY_COLUMN = new LinkedHashMap<>();

  static {
    put(new byte[KeyHash.LENGTH], "key_hash");
    put(
        Keys.NOW,
        "created_at",
        "expires_at",
        "deleted_at",
        "last_used_at",
        "changed_at",
        "listed_at",
        "disabled_at",
        "event_at");
    put(1, "slot", "LIMIT");
    put("aB1c", "hint_end");
    put("lk_…aB1c", "hint");
    put("{}", "details");
    put(
        "sample",
        "tag",
        "new_tag",
        "owner",
        "description",
        "scopes",
        "last_used_from",
        "id",
        "action",
        "actor",
        "actor_type",
        "address",
        "reason");
  }

  private SampleValues() {}

  private static void put(Object value, String... columns) {
    for (String column : columns) {
      BY_COLUMN.put(column, value);
    }
  }

  /** Returns a value for each question mark. */
  static Object[] of(String statement) {
    List<Object> values = new ArrayList<>();
    Matcher insert = INSERT.matcher(statement);
    if (insert.matches()) {
      String[] columns = insert.group(1).split(",\\s*");
      String[] expressions = insert.group(2).split(",\\s*", columns.length);
      for (int i = 0; i < columns.length; i++) {
        if (expressions[i].equals("?")) {
          values.add(value(columns[i].strip()));
        }
      }
    } else {
      MARK.matcher(statement)
          .results()
          .map(mark -> mark.group(1) == null ? mark.group(2) : mark.group(1))
          .forEach(column -> values.add(value(column)));
    }
    assertThat(values)
        .as("a value for each question mark of: %s", statement)
        .hasSize((int) statement.chars().filter(c -> c == '?').count());
    return values.toArray();
  }

  private static Object value(String column) {
    Object value = BY_COLUMN.get(column.replaceFirst("^\\w+\\.", ""));
    assertThat(value).as("a sample for the column %s", column).isNotNull();
    return value;
  }
}
