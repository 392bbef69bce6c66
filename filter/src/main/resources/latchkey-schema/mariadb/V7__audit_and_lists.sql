-- The audit: what was changed, written in the transaction of the change. It outlives keys and
-- owners, and is purged by itself. A reissue is found by both tags.
--
-- event_at  by this database's clock; of events at the same instant, the later has the greater id
-- details   a JSON object
CREATE TABLE IF NOT EXISTS latchkey_event (
  event_at   DATETIME(6) NOT NULL,
  id         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  action     VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor      VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL,
  actor_type VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  owner      VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  tag        VARCHAR(12) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL,
  new_tag    VARCHAR(12) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL,
  address    VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL,
  reason     VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL,
  details    TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  PRIMARY KEY (event_at, id)
) ENGINE = InnoDB;
CREATE INDEX IF NOT EXISTS latchkey_event_owner ON latchkey_event (owner, event_at, id, action);
CREATE INDEX IF NOT EXISTS latchkey_event_tag ON latchkey_event (tag);
CREATE INDEX IF NOT EXISTS latchkey_event_new_tag ON latchkey_event (new_tag);

-- For the lists of an administrator.
--
-- listed_at  when a key was made that is not deleted, else NULL: dead rows are not in lists' way
-- hint_end   the last characters of the hint, which are those of the secret
ALTER TABLE latchkey_key ADD COLUMN IF NOT EXISTS listed_at DATETIME(6) NULL;
ALTER TABLE latchkey_key ADD COLUMN IF NOT EXISTS hint_end VARCHAR(4) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL;
