package dev.latchkey.store.jdbc;

import dev.latchkey.key.KeyHash;
import dev.latchkey.store.StoredKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A row of a key that was not deleted.
 *
 * @param key what it says
 * @param slot where the key stands among its owner's; negative for a predecessor
 */
record KeyRow(StoredKey key, int slot) {

  static KeyRow read(ResultSet rows) throws SQLException {
    return new KeyRow(
        new StoredKey(
            KeyHash.of(rows.getBytes("key_hash")),
            rows.getString("tag"),
            rows.getString("owner"),
            rows.getString("hint"),
            rows.getString("description"),
            instant(rows.getObject("created_at", LocalDateTime.class)),
            instant(rows.getObject("expires_at", LocalDateTime.class)),
            nullableInstant(rows.getObject("deleted_at", LocalDateTime.class)),
            nullableInstant(rows.getObject("last_used_at", LocalDateTime.class)),
            rows.getString("last_used_from")),
        rows.getInt("slot"));
  }

  private static Instant instant(LocalDateTime utc) {
    return utc.toInstant(ZoneOffset.UTC);
  }

  private static @Nullable Instant nullableInstant(@Nullable LocalDateTime utc) {
    return utc == null ? null : instant(utc);
  }
}
