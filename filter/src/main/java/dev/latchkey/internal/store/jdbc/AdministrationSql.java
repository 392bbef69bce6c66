package dev.latchkey.internal.store.jdbc;

/** The statements of administrators' lists and revocations, as those of {@link Sql}. */
final class AdministrationSql {
  static final String FIND =
      """
      SELECT key_hash, tag, owner, hint, description, created_at, expires_at, deleted_at,
        last_used_at, last_used_from, scopes
      FROM latchkey_key
      WHERE tag = ? AND (slot < 0 OR slot > 0 AND deleted_at IS NULL)""";

  static final String OWNER_OF =
      """
      SELECT owner FROM latchkey_key
      WHERE tag = ? AND slot IS NOT NULL""";

  /** Its first condition alone is one that PostgreSQL finds the place in the index by. */
  static final String KEYS =
      """
      SELECT key_hash, tag, owner, hint, description, created_at, expires_at, deleted_at,
        last_used_at, last_used_from, scopes
      FROM latchkey_key
      WHERE listed_at <= ? AND (listed_at < ? OR tag < ?)
        AND slot IS NOT NULL AND (slot < 0 OR deleted_at IS NULL)
      ORDER BY listed_at DESC, tag DESC LIMIT ?""";

  static final String KEYS_OF_OWNER =
      """
      SELECT key_hash, tag, owner, hint, description, created_at, expires_at, deleted_at,
        last_used_at, last_used_from, scopes
      FROM latchkey_key
      WHERE owner = ? AND created_at <= ? AND (created_at < ? OR tag < ?)
        AND slot IS NOT NULL AND (slot < 0 OR deleted_at IS NULL)
      ORDER BY created_at DESC, tag DESC LIMIT ?""";

  static final String KEYS_BY_HINT =
      """
      SELECT key_hash, tag, owner, hint, description, created_at, expires_at, deleted_at,
        last_used_at, last_used_from, scopes
      FROM latchkey_key
      WHERE hint_end = ? AND created_at <= ? AND (created_at < ? OR tag < ?)
        AND slot IS NOT NULL AND (slot < 0 OR deleted_at IS NULL)
      ORDER BY created_at DESC, tag DESC LIMIT ?""";

  static final String OWNER =
      """
      SELECT disabled_at IS NOT NULL AS disabled, is_service FROM latchkey_owner
      WHERE owner = ?""";

  static final String COUNT_KEYS_OF_OWNER =
      """
      SELECT COUNT(*) FROM latchkey_key
      WHERE owner = ? AND (slot > 0 AND deleted_at IS NULL OR slot < 0 AND deleted_at > ${now})""";

  /** Locks keys in the order of their hashes, for as many as there are question marks. */
  static final String LOCK_BY_HASHES =
      """
      SELECT key_hash, slot, owner, tag FROM latchkey_key
      WHERE slot IS NOT NULL AND key_hash IN (?)
      ORDER BY key_hash
      FOR UPDATE""";

  /** One statement for many keys takes a fraction of what many take for one each. */
  static final String SOFT_DELETE_BY_HASHES =
      """
      UPDATE latchkey_key
      SET slot = NULL, listed_at = NULL, deleted_at = ${now}, changed_at = ${now}
      WHERE key_hash IN (?)""";

  /** The reissued keys that current ones have replaced. */
  static final String PREDECESSORS =
      """
      SELECT new.key_hash, old.key_hash AS old_hash
      FROM latchkey_key new JOIN latchkey_key old ON old.owner = new.owner AND old.slot = -new.slot
      WHERE new.slot > 0 AND new.key_hash IN (?)""";

  static final String EVENTS =
      """
      SELECT event_at, id, action, actor, actor_type, owner, tag, address, reason, details
      FROM latchkey_event
      WHERE event_at <= ? AND (event_at < ? OR id < ?) AND event_at >= ?
      ORDER BY event_at DESC, id DESC LIMIT ?""";

  static final String EVENTS_OLDEST_FIRST =
      """
      SELECT event_at, id, action, actor, actor_type, owner, tag, address, reason, details
      FROM latchkey_event
      WHERE event_at >= ? AND (event_at > ? OR id > ?) AND event_at <= ?
      ORDER BY event_at, id LIMIT ?""";

  static final String EVENTS_OF_OWNER =
      """
      SELECT event_at, id, action, actor, actor_type, owner, tag, address, reason, details
      FROM latchkey_event
      WHERE owner = ? AND event_at <= ? AND (event_at < ? OR id < ?) AND event_at >= ?
      ORDER BY event_at DESC, id DESC LIMIT ?""";

  static final String EVENTS_OF_OWNER_OLDEST_FIRST =
      """
      SELECT event_at, id, action, actor, actor_type, owner, tag, address, reason, details
      FROM latchkey_event
      WHERE owner = ? AND event_at >= ? AND (event_at > ? OR id > ?) AND event_at <= ?
      ORDER BY event_at, id LIMIT ?""";

  static final String EVENTS_OF_KEY =
      """
      SELECT event_at, id, action, actor, actor_type, owner, tag, address, reason, details
      FROM latchkey_event
      WHERE (tag = ? OR new_tag = ?) AND event_at <= ? AND (event_at < ? OR id < ?) AND event_at >= ?
      ORDER BY event_at DESC, id DESC LIMIT ?""";

  static final String EVENTS_OF_KEY_OLDEST_FIRST =
      """
      SELECT event_at, id, action, actor, actor_type, owner, tag, address, reason, details
      FROM latchkey_event
      WHERE (tag = ? OR new_tag = ?) AND event_at >= ? AND (event_at > ? OR id > ?) AND event_at <= ?
      ORDER BY event_at, id LIMIT ?""";

  static final String LAST_DELETION =
      """
      SELECT event_at, id FROM latchkey_event
      WHERE owner = ? AND action = 'owner.deleted'
      ORDER BY event_at DESC, id DESC LIMIT 1""";

  static final String OLD_EVENTS =
      """
      SELECT event_at, id FROM latchkey_event
      WHERE event_at < ?
      ORDER BY event_at, id LIMIT ?""";

  static final String PURGE_EVENT =
      """
      DELETE FROM latchkey_event
      WHERE event_at = ? AND id = ?""";

  private AdministrationSql() {}
}
