-- The statements of nodes that bring this schema; later ones must bear them.
-- schema 6
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
SELECT key_hash, slot FROM latchkey_key
WHERE owner = ? AND tag = ? AND slot IS NOT NULL
FOR UPDATE;

-- Sql.LOCK_CURRENT
SELECT key_hash, slot FROM latchkey_key
WHERE owner = ? AND tag = ? AND slot > 0 AND deleted_at IS NULL
FOR UPDATE;

-- Sql.LOCK_SLOT
SELECT key_hash, slot FROM latchkey_key
WHERE owner = ? AND slot = ?
FOR UPDATE;

-- Sql.LOCK_HASHES_OF_OWNER
SELECT key_hash FROM latchkey_key
WHERE owner = ?
FOR UPDATE;

-- Sql.SLOTS
SELECT key_hash, slot, deleted_at IS NOT NULL AS deleted FROM latchkey_key
WHERE owner = ? AND slot > 0;

-- Sql.INSERT
INSERT INTO latchkey_key
  (key_hash, tag, owner, hint, description, created_at, expires_at, scopes, slot, changed_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ${now});

-- Sql.SOFT_DELETE
UPDATE latchkey_key SET slot = NULL, deleted_at = ${now}, changed_at = ${now}
WHERE key_hash = ?;

-- Sql.SOFT_DELETE_KEYS_OF_OWNER
UPDATE latchkey_key SET slot = NULL, deleted_at = ${now}, changed_at = ${now}
WHERE owner = ? AND slot IS NOT NULL;

-- Sql.RETIRE
UPDATE latchkey_key SET slot = -slot, deleted_at = ?, changed_at = ${now}
WHERE key_hash = ?;

-- Sql.EDIT_DESCRIPTION
UPDATE latchkey_key SET description = ?, changed_at = ${now}
WHERE owner = ? AND tag = ? AND slot > 0;

-- Sql.EDIT_EXPIRY
UPDATE latchkey_key
SET description = COALESCE(?, description), expires_at = ?, changed_at = ${now}
WHERE owner = ? AND tag = ? AND slot > 0 AND expires_at > ?;

-- Sql.EDIT_SCOPES
UPDATE latchkey_key SET scopes = ?, changed_at = ${now}
WHERE owner = ? AND tag = ? AND slot > 0;

-- Sql.LOCK_OWNER
SELECT owner FROM latchkey_owner
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

-- Sql.RECORD_USE
UPDATE latchkey_key SET last_used_at = ?, last_used_from = ?
WHERE tag = ? AND (last_used_at IS NULL OR last_used_at < ?);

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
