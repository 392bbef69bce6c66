-- The statements of nodes that bring this schema; later ones must bear them.
-- schema 9
-- on MARIADB, ${now} is UTC_TIMESTAMP(6)
-- on POSTGRESQL, ${now} is statement_timestamp() AT TIME ZONE 'UTC'
-- on H2, ${now} is DATEADD('MICROSECOND', CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(6)) * 1000000 AS BIGINT), TIMESTAMP '1970-01-01 00:00:00')

-- Sql.SELECT_NOW
SELECT ${now} AS now_utc;

-- Sql.FIND_BY_HASH
SELECT key_hash, tag, k.owner, hint, description, created_at, expires_at, deleted_at,
  last_used_at, last_used_from, scopes, changed_at, disabled_at, is_service
FROM latchkey_key k LEFT JOIN latchkey_owner o ON o.owner = k.owner
WHERE (slot < 0 OR slot > 0 AND deleted_at IS NULL) AND key_hash IN (?);

-- Sql.FIND_BY_OWNER
SELECT key_hash, tag, owner, hint, description, created_at, expires_at, deleted_at,
  last_used_at, last_used_from, scopes
FROM latchkey_key
WHERE owner = ? AND slot > 0 AND deleted_at IS NULL
ORDER BY created_at DESC, tag;

-- Sql.FIND
SELECT key_hash, tag, owner, hint, description, created_at, expires_at, deleted_at,
  last_used_at, last_used_from, scopes
FROM latchkey_key
WHERE owner = ? AND tag = ? AND (slot < 0 OR slot > 0 AND deleted_at IS NULL);

-- Sql.LOCK_KEY
SELECT key_hash, slot, owner, tag FROM latchkey_key
WHERE owner = ? AND tag = ? AND slot IS NOT NULL
FOR UPDATE;

-- Sql.LOCK_CURRENT
SELECT key_hash, slot, owner, tag FROM latchkey_key
WHERE owner = ? AND tag = ? AND slot > 0 AND deleted_at IS NULL
FOR UPDATE;

-- Sql.LOCK_TO_EDIT
SELECT key_hash, tag, owner, hint, description, created_at, expires_at, deleted_at,
  last_used_at, last_used_from, scopes
FROM latchkey_key
WHERE owner = ? AND tag = ? AND slot > 0 AND deleted_at IS NULL
FOR UPDATE;

-- Sql.LOCK_SLOT
SELECT key_hash, slot, owner, tag FROM latchkey_key
WHERE owner = ? AND slot = ?
FOR UPDATE;

-- Sql.LOCK_LIVE_KEYS_OF_OWNER
SELECT key_hash, slot, owner, tag FROM latchkey_key
WHERE owner = ? AND slot IS NOT NULL
FOR UPDATE;

-- Sql.LOCK_KEYS_OF_OWNER
SELECT key_hash, slot, owner, tag FROM latchkey_key
WHERE owner = ? AND (slot IS NOT NULL OR changed_at > ?)
FOR UPDATE;

-- Sql.SLOTS
SELECT key_hash, slot, owner, tag, deleted_at IS NOT NULL AS deleted FROM latchkey_key
WHERE owner = ? AND slot > 0;

-- Sql.INSERT
INSERT INTO latchkey_key
  (key_hash, tag, owner, hint, hint_end, description, created_at, listed_at, expires_at,
  scopes, slot, changed_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${now});

-- Sql.SOFT_DELETE
UPDATE latchkey_key
SET slot = NULL, listed_at = NULL, deleted_at = ${now}, changed_at = ${now}
WHERE key_hash = ?;

-- Sql.SOFT_DELETE_KEYS_OF_OWNER
UPDATE latchkey_key
SET slot = NULL, listed_at = NULL, deleted_at = ${now}, changed_at = ${now}
WHERE owner = ? AND slot IS NOT NULL;

-- Sql.RETIRE
UPDATE latchkey_key SET slot = -slot, deleted_at = ?, changed_at = ${now}
WHERE key_hash = ?;

-- Sql.EDIT
UPDATE latchkey_key SET description = ?, expires_at = ?, scopes = ?, changed_at = ${now}
WHERE key_hash = ?;

-- Sql.LOCK_OWNER
SELECT disabled_at IS NOT NULL AS disabled FROM latchkey_owner
WHERE owner = ?
FOR UPDATE;

-- Sql.ADD_OWNER
INSERT INTO latchkey_owner (owner) VALUES (?);

-- Sql.DELETE_OWNER
DELETE FROM latchkey_owner WHERE owner = ?;

-- Sql.DISABLE_OWNER
UPDATE latchkey_owner SET disabled_at = COALESCE(disabled_at, ${now})
WHERE owner = ?;

-- Sql.ENABLE_OWNER
UPDATE latchkey_owner SET disabled_at = NULL
WHERE owner = ?;

-- Sql.ADD_SERVICE_OWNER
UPDATE latchkey_owner SET is_service = TRUE
WHERE owner = ?;

-- Sql.REMOVE_SERVICE_OWNER
UPDATE latchkey_owner SET is_service = FALSE
WHERE owner = ?;

-- Sql.BUMP_VERSION_OF_OWNER
UPDATE latchkey_key SET changed_at = ${now}
WHERE owner = ? AND slot IS NOT NULL;

-- Sql.CHANGES
SELECT changed_at, key_hash FROM latchkey_key
WHERE changed_at >= ? AND (changed_at > ? OR key_hash > ?)
ORDER BY changed_at, key_hash LIMIT ?;

-- Sql.ADD_EVENT
INSERT INTO latchkey_event
  (event_at, id, action, actor, actor_type, owner, tag, new_tag, address, reason, details)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- Sql.RECORD_USE
UPDATE latchkey_key SET last_used_at = ?, last_used_from = ?
WHERE key_hash = ? AND (last_used_at IS NULL OR last_used_at < ?);

-- Sql.RECENT_USES
SELECT last_used_at, key_hash FROM latchkey_key
WHERE last_used_at <= ? AND (last_used_at < ? OR key_hash < ?)
  AND (slot < 0 OR slot > 0 AND deleted_at IS NULL)
ORDER BY last_used_at DESC, key_hash DESC LIMIT ?;

-- Sql.PURGEABLE
SELECT key_hash, deleted_at FROM latchkey_key
WHERE (slot IS NULL OR slot >= 0 AND deleted_at IS NOT NULL)
  AND deleted_at >= ? AND deleted_at < ?
ORDER BY deleted_at LIMIT ?;

-- Sql.PURGE
DELETE FROM latchkey_key
WHERE key_hash = ? AND (slot IS NULL OR slot >= 0 AND deleted_at IS NOT NULL);

-- AdministrationSql.FIND
SELECT key_hash, tag, owner, hint, description, created_at, expires_at, deleted_at,
  last_used_at, last_used_from, scopes
FROM latchkey_key
WHERE tag = ? AND (slot < 0 OR slot > 0 AND deleted_at IS NULL);

-- AdministrationSql.OWNER_OF
SELECT owner FROM latchkey_key
WHERE tag = ? AND slot IS NOT NULL;

-- AdministrationSql.KEYS
SELECT key_hash, tag, owner, hint, description, created_at, expires_at, deleted_at,
  last_used_at, last_used_from, scopes
FROM latchkey_key
WHERE listed_at <= ? AND (listed_at < ? OR tag < ?)
  AND slot IS NOT NULL AND (slot < 0 OR deleted_at IS NULL)
ORDER BY listed_at DESC, tag DESC LIMIT ?;

-- AdministrationSql.KEYS_OF_OWNER
SELECT key_hash, tag, owner, hint, description, created_at, expires_at, deleted_at,
  last_used_at, last_used_from, scopes
FROM latchkey_key
WHERE owner = ? AND created_at <= ? AND (created_at < ? OR tag < ?)
  AND slot IS NOT NULL AND (slot < 0 OR deleted_at IS NULL)
ORDER BY created_at DESC, tag DESC LIMIT ?;

-- AdministrationSql.KEYS_BY_HINT
SELECT key_hash, tag, owner, hint, description, created_at, expires_at, deleted_at,
  last_used_at, last_used_from, scopes
FROM latchkey_key
WHERE hint_end = ? AND created_at <= ? AND (created_at < ? OR tag < ?)
  AND slot IS NOT NULL AND (slot < 0 OR deleted_at IS NULL)
ORDER BY created_at DESC, tag DESC LIMIT ?;

-- AdministrationSql.OWNER
SELECT disabled_at IS NOT NULL AS disabled, is_service FROM latchkey_owner
WHERE owner = ?;

-- AdministrationSql.COUNT_KEYS_OF_OWNER
SELECT COUNT(*) FROM latchkey_key
WHERE owner = ? AND (slot > 0 AND deleted_at IS NULL OR slot < 0 AND deleted_at > ${now});

-- AdministrationSql.LOCK_BY_HASHES
SELECT key_hash, slot, owner, tag FROM latchkey_key
WHERE slot IS NOT NULL AND key_hash IN (?)
ORDER BY key_hash
FOR UPDATE;

-- AdministrationSql.SOFT_DELETE_BY_HASHES
UPDATE latchkey_key
SET slot = NULL, listed_at = NULL, deleted_at = ${now}, changed_at = ${now}
WHERE key_hash IN (?);

-- AdministrationSql.PREDECESSORS
SELECT new.key_hash, old.key_hash AS old_hash
FROM latchkey_key new JOIN latchkey_key old ON old.owner = new.owner AND old.slot = -new.slot
WHERE new.slot > 0 AND new.key_hash IN (?);

-- AdministrationSql.EVENTS
SELECT event_at, id, action, actor, actor_type, owner, tag, address, reason, details
FROM latchkey_event
WHERE event_at <= ? AND (event_at < ? OR id < ?) AND event_at >= ?
ORDER BY event_at DESC, id DESC LIMIT ?;

-- AdministrationSql.EVENTS_OLDEST_FIRST
SELECT event_at, id, action, actor, actor_type, owner, tag, address, reason, details
FROM latchkey_event
WHERE event_at >= ? AND (event_at > ? OR id > ?) AND event_at <= ?
ORDER BY event_at, id LIMIT ?;

-- AdministrationSql.EVENTS_OF_OWNER
SELECT event_at, id, action, actor, actor_type, owner, tag, address, reason, details
FROM latchkey_event
WHERE owner = ? AND event_at <= ? AND (event_at < ? OR id < ?) AND event_at >= ?
ORDER BY event_at DESC, id DESC LIMIT ?;

-- AdministrationSql.EVENTS_OF_OWNER_OLDEST_FIRST
SELECT event_at, id, action, actor, actor_type, owner, tag, address, reason, details
FROM latchkey_event
WHERE owner = ? AND event_at >= ? AND (event_at > ? OR id > ?) AND event_at <= ?
ORDER BY event_at, id LIMIT ?;

-- AdministrationSql.EVENTS_OF_KEY
SELECT event_at, id, action, actor, actor_type, owner, tag, address, reason, details
FROM latchkey_event
WHERE (tag = ? OR new_tag = ?) AND event_at <= ? AND (event_at < ? OR id < ?) AND event_at >= ?
ORDER BY event_at DESC, id DESC LIMIT ?;

-- AdministrationSql.EVENTS_OF_KEY_OLDEST_FIRST
SELECT event_at, id, action, actor, actor_type, owner, tag, address, reason, details
FROM latchkey_event
WHERE (tag = ? OR new_tag = ?) AND event_at >= ? AND (event_at > ? OR id > ?) AND event_at <= ?
ORDER BY event_at, id LIMIT ?;

-- AdministrationSql.LAST_DELETION
SELECT event_at, id FROM latchkey_event
WHERE owner = ? AND action = 'owner.deleted'
ORDER BY event_at DESC, id DESC LIMIT 1;

-- AdministrationSql.OLD_EVENTS
SELECT event_at, id FROM latchkey_event
WHERE event_at < ?
ORDER BY event_at, id LIMIT ?;

-- AdministrationSql.PURGE_EVENT
DELETE FROM latchkey_event
WHERE event_at = ? AND id = ?;

-- Schema.EXPECT_KEYS
SELECT key_hash, scopes, listed_at, hint_end, changed_at FROM latchkey_key WHERE 1 = 0;

-- Schema.EXPECT_OWNERS
SELECT owner, is_service FROM latchkey_owner WHERE 1 = 0;

-- Schema.EXPECT_EVENTS
SELECT event_at, id FROM latchkey_event WHERE 1 = 0;
