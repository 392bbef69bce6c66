package dev.latchkey.internal.store.jdbc;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the application's own tables say of owners. Only rows count that name an owner exactly
 * as asked: a collation may find {@code alice} for {@code Alice}. The blanks that pad a {@code
 * CHAR} are no part of its value. A null names nobody, and is no role.
 */
final class OwnerRows {
  private final Set<String> owners;
  private final int columns;

  /**
   * Prepares to read.
   *
   * @param columns how many are read: the owner, and possibly a role
   */
  OwnerRows(Collection<String> owners, int columns) {
    this.owners = Set.copyOf(owners);
    this.columns = columns;
  }

  /** Returns the roles of the owners that were asked for and are there. */
  Map<String, Set<String>> read(ResultSet rows) throws SQLException {
    ResultSetMetaData types = rows.getMetaData();
    if (types.getColumnCount() < columns) {
      throw new IllegalArgumentException("the query has no second column, for the role");
    }
    boolean[] isPadded = new boolean[columns];
    for (int i = 0; i < columns; i++) {
      int type = types.getColumnType(i + 1);
      isPadded[i] = type == Types.CHAR || type == Types.NCHAR;
    }
    Map<String, Set<String>> found = new HashMap<>();
    Map<String, String> distinct = new HashMap<>(); // many owners have the same roles
    while (rows.next()) {
      String owner = value(rows, 1, isPadded);
      if (owner == null || !owners.contains(owner)) {
        continue;
      }
      Set<String> roles = found.computeIfAbsent(owner, first -> new HashSet<>());
      String role = columns > 1 ? value(rows, 2, isPadded) : null;
      if (role != null) {
        roles.add(distinct.computeIfAbsent(role, first -> first));
      }
    }
    return found;
  }

  private static @Nullable String value(ResultSet rows, int column, boolean[] isPadded)
      throws SQLException {
    String value = rows.getString(column);
    return value != null && isPadded[column - 1] ? value.replaceFirst(" +$", "") : value;
  }
}
