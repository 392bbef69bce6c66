-- Instants are UTC. Hashes are bytes; owners and tags compare as bytes too (binary, no padding).
--
-- slot        n > 0: a current key, the owner's n-th; -n: reissued, its successor is in slot n;
--             NULL: deleted
-- deleted_at  from when the key is dead: its deletion, or the end of a reissued key's grace
-- changed_at  by this database's clock, for the nodes that cache what they read
CREATE TABLE IF NOT EXISTS latchkey_key (
  key_hash       BINARY(32)   NOT NULL,
  tag            VARCHAR(12)  CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  owner          VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  slot           INT          NULL,
  hint           VARCHAR(16)  CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  description    VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  created_at     DATETIME(6)  NOT NULL,
  expires_at     DATETIME(6)  NOT NULL,
  last_used_at   DATETIME(6)  NULL,
  last_used_from VARCHAR(64)  CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL,
  deleted_at     DATETIME(6)  NULL,
  changed_at     DATETIME(6)  NOT NULL,
  PRIMARY KEY (key_hash),
  UNIQUE KEY latchkey_key_tag (tag),
  UNIQUE KEY latchkey_key_owner_slot (owner, slot),
  KEY latchkey_key_deleted_at (deleted_at),
  KEY latchkey_key_changed_at (changed_at)
) ENGINE = InnoDB;
