package dev.latchkey.internal.store.jdbc;

/** Every statement we send. They differ between databases in the expression for the clock alone. */
final class Sql {
  private static final String CURRENT = "slot > 0 AND deleted_at IS NULL";

  /**
   * Keys that count. A row with a slot that somebody dated as deleted by hand is as good as
   * deleted.
   */
  private static final String LIVE = "(slot < 0 OR " + CURRENT + ")";

  private static final String DELETED = "(slot IS NULL OR slot >= 0 AND deleted_at IS NOT NULL)";

  private static final String COLUMNS =
      "SELECT key_hash, tag, k.owner, hint, description, created_at, expires_at, deleted_at,"
          + " last_used_at, last_used_from, slot, changed_at";
  private static final String SELECT = COLUMNS + " FROM latchkey_key k ";

  private static final String FIND_BY_HASHES =
      COLUMNS
          + ", disabled_at FROM latchkey_key k"
          + " LEFT JOIN latchkey_owner o ON o.owner = k.owner"
          + " WHERE "
          + LIVE
          + " AND key_hash IN (";
  static final String FIND_BY_OWNER =
      SELECT + "WHERE owner = ? AND " + CURRENT + " ORDER BY created_at DESC, tag";
  static final String FIND = SELECT + "WHERE owner = ? AND tag = ? AND " + LIVE;
  private static final String LOCK = "SELECT key_hash, slot FROM latchkey_key WHERE owner = ? AND ";
  static final String LOCK_KEY = LOCK + "tag = ? AND slot IS NOT NULL FOR UPDATE";
  static final String LOCK_CURRENT = LOCK + "tag = ? AND " + CURRENT + " FOR UPDATE";
  static final String LOCK_SLOT = LOCK + "slot = ? FOR UPDATE";
  static final String LOCK_HASHES_OF_OWNER =
      "SELECT key_hash FROM latchkey_key WHERE owner = ? FOR UPDATE";
  static final String SLOTS =
      "SELECT key_hash, slot, deleted_at IS NOT NULL AS deleted FROM latchkey_key"
          + " WHERE owner = ? AND slot > 0";
  static final String LOCK_OWNER = "SELECT owner FROM latchkey_owner WHERE owner = ? FOR UPDATE";
  static final String ADD_OWNER = "INSERT INTO latchkey_owner (owner) VALUES (?)";
  static final String DELETE_OWNER = "DELETE FROM latchkey_owner WHERE owner = ?";
  static final String ENABLE_OWNER = "UPDATE latchkey_owner SET disabled_at = NULL WHERE owner = ?";
  static final String CHANGES =
      "SELECT changed_at, key_hash FROM latchkey_key"
          + " WHERE (changed_at = ? AND key_hash > ?) OR changed_at > ?"
          + " ORDER BY changed_at, key_hash LIMIT ?";
  static final String RECORD_USE =
      "UPDATE latchkey_key SET last_used_at = ?, last_used_from = ?"
          + " WHERE tag = ? AND (last_used_at IS NULL OR last_used_at < ?)";
  static final String RECENT_USES =
      "SELECT last_used_at, key_hash FROM latchkey_key"
          + " WHERE ((last_used_at = ? AND key_hash < ?) OR last_used_at < ?)"
          + " AND "
          + LIVE
          + " ORDER BY last_used_at DESC, key_hash DESC LIMIT ?";

  /** A reissued key has a slot: it may be alive by some node's clock, whatever the database's. */
  static final String DEAD =
      "SELECT key_hash, deleted_at FROM latchkey_key"
          + " WHERE "
          + DELETED
          + " AND deleted_at >= ? AND deleted_at < ?"
          + " ORDER BY deleted_at LIMIT ?";

  static final String FORGET = "DELETE FROM latchkey_key WHERE key_hash = ? AND " + DELETED;

  final String selectNow;
  final String insert;
  final String bury;
  final String retire;
  final String editDescription;
  final String editExpiry;
  final String buryKeysOfOwner;
  final String disableOwner;
  final String dateKeysOfOwner;

  Sql(Vendor vendor) {
    String now = vendor.utcNow();
    selectNow = "SELECT " + now + " AS now_utc";
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
    buryKeysOfOwner =
        "UPDATE latchkey_key SET slot = NULL, deleted_at = "
            + now
            + ", changed_at = "
            + now
            + " WHERE owner = ? AND slot IS NOT NULL";
    disableOwner =
        "UPDATE latchkey_owner SET disabled_at = COALESCE(disabled_at, "
            + now
            + ") WHERE owner = ?";
    dateKeysOfOwner =
        "UPDATE latchkey_key SET changed_at = " + now + " WHERE owner = ? AND slot IS NOT NULL";
  }

  /**
   * Looks up several hashes. Their number is padded to a power of two, so that there are few such
   * statements and databases and drivers have them prepared.
   */
  static String findByHashes(int padded) {
    return FIND_BY_HASHES + "?" + ", ?".repeat(padded - 1) + ")";
  }
}
