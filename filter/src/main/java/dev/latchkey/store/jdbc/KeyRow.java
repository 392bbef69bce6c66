package dev.latchkey.store.jdbc;

import static dev.latchkey.store.jdbc.Statements.instant;
import static dev.latchkey.store.jdbc.Statements.nullableInstant;

import dev.latchkey.key.KeyHash;
import dev.latchkey.store.StoredKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A row of a key that was not deleted.
 *
 * @param key what it says
 * @param slot where the key stands among its owner's; negative for a predecessor
 * @param changedAt when it last changed
 */
record KeyRow(StoredKey key, int slot, Instant changedAt) {

  static KeyRow read(ResultSet rows) throws SQLException {
    return new KeyRow(
        new StoredKey(
            KeyHash.of(rows.getBytes("key_hash")),
            rows.getString("tag"),
            rows.getString("owner"),
            rows.getString("hint"),
            rows.getString("description"),
            instant(rows, rows.findColumn("created_at")),
            instant(rows, rows.findColumn("expires_at")),
            nullableInstant(rows, rows.findColumn("deleted_at")),
            nullableInstant(rows, rows.findColumn("last_used_at")),
            rows.getString("last_used_from")),
        rows.getInt("slot"),
        instant(rows, rows.findColumn("changed_at")));
  }
}
