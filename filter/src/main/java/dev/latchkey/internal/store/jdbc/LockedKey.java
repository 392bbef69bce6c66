package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.key.KeyHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * A row that is locked. What else it says need not be read, and a row that cannot be can be deleted
 * all the same.
 *
 * @param slot where the key stands among its owner's; negative for a predecessor; {@link #NO_SLOT}
 *     if it is deleted
 */
record LockedKey(KeyHash hash, int slot, String owner, String tag) {
  static final int NO_SLOT = 0;

  static LockedKey read(ResultSet row) throws SQLException {
    return new LockedKey(
        KeyRow.hash(row), row.getInt("slot"), row.getString("owner"), row.getString("tag"));
  }

  static List<KeyHash> hashes(List<LockedKey> keys) {
    return keys.stream().map(LockedKey::hash).toList();
  }
}
