package dev.latchkey.store.jdbc;

/** Every statement we send. They differ between databases in the expression for the clock alone. */
final class Sql {
  private static final String SELECT =
      "SELECT key_hash, tag, owner, hint, description, created_at, expires_at, deleted_at,"
          + " last_used_at, last_used_from, slot, changed_at FROM latchkey_key ";

  static final String FIND_BY_HASH = SELECT + "WHERE key_hash = ? AND slot IS NOT NULL";
  static final String FIND_BY_OWNER =
      SELECT + "WHERE owner = ? AND slot > 0 ORDER BY created_at DESC, tag";
  static final String FIND = SELECT + "WHERE owner = ? AND tag = ? AND slot IS NOT NULL";
  static final String LOCK = FIND + " FOR UPDATE";
  static final String LOCK_SLOT = SELECT + "WHERE owner = ? AND slot = ? FOR UPDATE";
  static final String SLOTS = "SELECT slot FROM latchkey_key WHERE owner = ? AND slot > 0";
  static final String CHANGES =
      "SELECT key_hash, changed_at FROM latchkey_key WHERE changed_at > ?";
  static final String RECORD_USE =
      "UPDATE latchkey_key SET last_used_at = ?, last_used_from = ?"
          + " WHERE tag = ? AND (last_used_at IS NULL OR last_used_at < ?)";
  static final String DEAD =
      "SELECT key_hash FROM latchkey_key WHERE deleted_at < ? ORDER BY deleted_at";
  static final String FORGET = "DELETE FROM latchkey_key WHERE key_hash = ?";

  final String selectNow;
  final String insert;
  final String bury;
  final String retire;
  final String editDescription;
  final String editExpiry;

  Sql(Vendor vendor) {
    String now = vendor.utcNow();
    selectNow = "SELECT " + now;
    insert =
        "INSERT INTO latchkey_key (key_hash, tag, owner, hint, description, created_at, expires_at,"
            + " slot, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, "
            + now
            + ")";
    bury =
        "UPDATE latchkey_key SET slot = NULL, deleted_at = "
            + now
            + ", changed_at = "
            + now
            + " WHERE key_hash = ?";
    retire =
        "UPDATE latchkey_key SET slot = -slot, deleted_at = ?, changed_at = "
            + now
            + " WHERE key_hash = ?";
    editDescription =
        "UPDATE latchkey_key SET description = ?, changed_at = "
            + now
            + " WHERE owner = ? AND tag = ? AND slot > 0";
    editExpiry =
        "UPDATE latchkey_key SET description = COALESCE(?, description), expires_at = ?,"
            + " changed_at = "
            + now
            + " WHERE owner = ? AND tag = ? AND slot > 0 AND expires_at > ?";
  }
}
