-- Instants are UTC. Hashes are bytes; owners and tags compare as bytes too (collation C).
--
-- slot        n > 0: a current key, the owner's n-th; -n: reissued, its successor is in slot n;
--             NULL: deleted
-- deleted_at  from when the key is dead: its deletion, or the end of a reissued key's grace
-- changed_at  by this database's clock, for the nodes that cache what they read
CREATE TABLE IF NOT EXISTS latchkey_key (
  key_hash       BYTEA        NOT NULL CHECK (octet_length(key_hash) = 32),
  tag            VARCHAR(12)  COLLATE "C" NOT NULL,
  owner          VARCHAR(255) COLLATE "C" NOT NULL,
  slot           INT          NULL,
  hint           VARCHAR(16)  COLLATE "C" NOT NULL,
  description    VARCHAR(200) COLLATE "C" NOT NULL,
  created_at     TIMESTAMP(6) NOT NULL,
  expires_at     TIMESTAMP(6) NOT NULL,
  last_used_at   TIMESTAMP(6) NULL,
  last_used_from VARCHAR(64)  COLLATE "C" NULL,
  deleted_at     TIMESTAMP(6) NULL,
  changed_at     TIMESTAMP(6) NOT NULL,
  PRIMARY KEY (key_hash),
  CONSTRAINT latchkey_key_tag UNIQUE (tag),
  CONSTRAINT latchkey_key_owner_slot UNIQUE (owner, slot)
);
CREATE INDEX IF NOT EXISTS latchkey_key_deleted_at ON latchkey_key (deleted_at);
CREATE INDEX IF NOT EXISTS latchkey_key_changed_at ON latchkey_key (changed_at);
