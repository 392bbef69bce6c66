package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.store.ApiKeyStore;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every statement on keys and owners. Each can be pasted into a console; {@link Statements} puts in
 * the clock, in which alone databases differ, and the tables' schema.
 *
 * <p>A key is current with a positive slot, a predecessor with a negative one, and soft-deleted
 * without. A row with a positive slot that somebody has given a {@code deleted_at} by hand counts
 * as deleted.
 */
final class Sql {
  /** Stands for the database's own clock, in UTC: see {@link Vendor#utcNow}. */
  static final String NOW = "${now}";

  static final String SELECT_NOW =
      """
      SELECT ${now} AS now_utc""";

  private static final String FIND_BY_HASH =
      """
      SELECT key_hash, tag, k.owner, hint, description, created_at, expires_at, deleted_at,
        last_used_at, last_used_from, scopes, changed_at, disabled_at, is_service
      FROM latchkey_key k LEFT JOIN latchkey_owner o ON o.owner = k.owner
      WHERE (slot < 0 OR slot > 0 AND deleted_at IS NULL) AND key_hash IN (?)""";

  /** For one hash, for two, four and so on. */
  private static final List<String> FIND_BY_HASHES =
      Stream.iterate(1, count -> count <= ApiKeyStore.MAX_HASHES, count -> 2 * count)
          .map(count -> withMarks(FIND_BY_HASH, count))
          .toList();

  static final String FIND_BY_OWNER =
      """
      SELECT key_hash, tag, owner, hint, description, created_at, expires_at, deleted_at,
        last_used_at, last_used_from, scopes
      FROM latchkey_key
      WHERE owner = ? AND slot > 0 AND deleted_at IS NULL
      ORDER BY created_at DESC, tag""";

  static final String FIND =
      """
      SELECT key_hash, tag, owner, hint, description, created_at, expires_at, deleted_at,
        last_used_at, last_used_from, scopes
      FROM latchkey_key
      WHERE owner = ? AND tag = ? AND (slot < 0 OR slot > 0 AND deleted_at IS NULL)""";

  static final String LOCK_KEY =
      """
      SELECT key_hash, slot, owner, tag FROM latchkey_key
      WHERE owner = ? AND tag = ? AND slot IS NOT NULL
      FOR UPDATE""";

  static final String LOCK_CURRENT =
      """
      SELECT key_hash, slot, owner, tag FROM latchkey_key
      WHERE owner = ? AND tag = ? AND slot > 0 AND deleted_at IS NULL
      FOR UPDATE""";

  static final String LOCK_TO_EDIT =
      """
      SELECT key_hash, tag, owner, hint, description, created_at, expires_at, deleted_at,
        last_used_at, last_used_from, scopes
      FROM latchkey_key
      WHERE owner = ? AND tag = ? AND slot > 0 AND deleted_at IS NULL
      FOR UPDATE""";

  static final String LOCK_SLOT =
      """
      SELECT key_hash, slot, owner, tag FROM latchkey_key
      WHERE owner = ? AND slot = ?
      FOR UPDATE""";

  static final String LOCK_LIVE_KEYS_OF_OWNER =
      """
      SELECT key_hash, slot, owner, tag FROM latchkey_key
      WHERE owner = ? AND slot IS NOT NULL
      FOR UPDATE""";

  /** Of those that were deleted of late, too; they have no slot. */
  static final String LOCK_KEYS_OF_OWNER =
      """
      SELECT key_hash, slot, owner, tag FROM latchkey_key
      WHERE owner = ? AND (slot IS NOT NULL OR changed_at > ?)
      FOR UPDATE""";

  static final String SLOTS =
      """
      SELECT key_hash, slot, owner, tag, deleted_at IS NOT NULL AS deleted FROM latchkey_key
      WHERE owner = ? AND slot > 0""";

  static final String INSERT =
      """
      INSERT INTO latchkey_key
        (key_hash, tag, owner, hint, hint_end, description, created_at, listed_at, expires_at,
        scopes, slot, changed_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${now})""";

  static final String SOFT_DELETE =
      """
      UPDATE latchkey_key
      SET slot = NULL, listed_at = NULL, deleted_at = ${now}, changed_at = ${now}
      WHERE key_hash = ?""";

  static final String SOFT_DELETE_KEYS_OF_OWNER =
      """
      UPDATE latchkey_key
      SET slot = NULL, listed_at = NULL, deleted_at = ${now}, changed_at = ${now}
      WHERE owner = ? AND slot IS NOT NULL""";

  static final String RETIRE =
      """
      UPDATE latchkey_key SET slot = -slot, deleted_at = ?, changed_at = ${now}
      WHERE key_hash = ?""";

  static final String EDIT =
      """
      UPDATE latchkey_key SET description = ?, expires_at = ?, scopes = ?, changed_at = ${now}
      WHERE key_hash = ?""";

  static final String LOCK_OWNER =
      """
      SELECT disabled_at IS NOT NULL AS disabled FROM latchkey_owner
      WHERE owner = ?
      FOR UPDATE""";

  static final String ADD_OWNER =
      """
      INSERT INTO latchkey_owner (owner) VALUES (?)""";

  static final String DELETE_OWNER =
      """
      DELETE FROM latchkey_owner WHERE owner = ?""";

  static final String DISABLE_OWNER =
      """
      UPDATE latchkey_owner SET disabled_at = COALESCE(disabled_at, ${now})
      WHERE owner = ?""";

  static final String ENABLE_OWNER =
      """
      UPDATE latchkey_owner SET disabled_at = NULL
      WHERE owner = ?""";

  static final String ADD_SERVICE_OWNER =
      """
      UPDATE latchkey_owner SET is_service = TRUE
      WHERE owner = ?""";

  static final String REMOVE_SERVICE_OWNER =
      """
      UPDATE latchkey_owner SET is_service = FALSE
      WHERE owner = ?""";

  static final String BUMP_VERSION_OF_OWNER =
      """
      UPDATE latchkey_key SET changed_at = ${now}
      WHERE owner = ? AND slot IS NOT NULL""";

  /** Its first condition alone is one that PostgreSQL finds the place in the index by. */
  static final String CHANGES =
      """
      SELECT changed_at, key_hash FROM latchkey_key
      WHERE changed_at >= ? AND (changed_at > ? OR key_hash > ?)
      ORDER BY changed_at, key_hash LIMIT ?""";

  static final String ADD_EVENT =
      """
      INSERT INTO latchkey_event
        (event_at, id, action, actor, actor_type, owner, tag, new_tag, address, reason, details)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

  static final String RECORD_USE =
      """
      UPDATE latchkey_key SET last_used_at = ?, last_used_from = ?
      WHERE key_hash = ? AND (last_used_at IS NULL OR last_used_at < ?)""";

  static final String RECENT_USES =
      """
      SELECT last_used_at, key_hash FROM latchkey_key
      WHERE last_used_at <= ? AND (last_used_at < ? OR key_hash < ?)
        AND (slot < 0 OR slot > 0 AND deleted_at IS NULL)
      ORDER BY last_used_at DESC, key_hash DESC LIMIT ?""";

  /** A reissued key has a slot: it may be alive by some node's clock, whatever the database's. */
  static final String PURGEABLE =
      """
      SELECT key_hash, deleted_at FROM latchkey_key
      WHERE (slot IS NULL OR slot >= 0 AND deleted_at IS NOT NULL)
        AND deleted_at >= ? AND deleted_at < ?
      ORDER BY deleted_at LIMIT ?""";

  static final String PURGE =
      """
      DELETE FROM latchkey_key
      WHERE key_hash = ? AND (slot IS NULL OR slot >= 0 AND deleted_at IS NOT NULL)""";

  private Sql() {}

  /** Returns a statement with so many question marks where it has one in parentheses. */
  static String withMarks(String statement, int count) {
    return statement.replace("(?)", "(?" + ", ?".repeat(count - 1) + ")");
  }

  /**
   * Looks up several hashes, at most {@link ApiKeyStore#MAX_HASHES}. Their number is padded to a
   * power of two, so that there are few such statements and databases and drivers have them
   * prepared.
   */
  static String findByHashes(int padded) {
    return FIND_BY_HASHES.get(Integer.numberOfTrailingZeros(padded));
  }
}
