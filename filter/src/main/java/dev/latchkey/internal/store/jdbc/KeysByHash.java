package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.key.KeyHash;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Many keys at once, whoever their owners are, within the transaction of a session. */
record KeysByHash(Session session) {
  /** Returns the predecessors of those that are current and have one, by their successors. */
  Map<KeyHash, KeyHash> predecessors(Collection<KeyHash> hashes) throws SQLException {
    Map<KeyHash, KeyHash> found = new HashMap<>();
    Object[] values = values(hashes);
    session
        .select(
            Sql.withMarks(AdministrationSql.PREDECESSORS, values.length),
            row -> Map.entry(KeyRow.hash(row), KeyHash.of(row.getBytes("old_hash"))),
            values)
        .forEach(pair -> found.put(pair.getKey(), pair.getValue()));
    return found;
  }

  /**
   * Locks those that are not deleted, and their predecessors, by one statement and so in one order,
   * that in which uses are written, too. A key has its predecessor from its first moment on, so
   * none can come between the two steps.
   */
  List<LockedKey> lockWithPredecessors(Collection<KeyHash> hashes) throws SQLException {
    Set<KeyHash> all = new HashSet<>(hashes);
    all.addAll(predecessors(hashes).values());
    Object[] values = values(all);
    return session.select(
        Sql.withMarks(AdministrationSql.LOCK_BY_HASHES, values.length), LockedKey::read, values);
  }

  /** Soft-deletes keys that are locked. */
  void softDelete(List<LockedKey> keys) throws SQLException {
    if (!keys.isEmpty()) {
      Object[] values = values(LockedKey.hashes(keys));
      session.update(Sql.withMarks(AdministrationSql.SOFT_DELETE_BY_HASHES, values.length), values);
    }
  }

  private static Object[] values(Collection<KeyHash> hashes) {
    return JdbcApiKeyStore.padded(hashes.stream().map(KeyHash::toBytes).toArray());
  }
}
