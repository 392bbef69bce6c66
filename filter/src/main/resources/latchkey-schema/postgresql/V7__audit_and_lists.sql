-- The audit: what was changed, written in the transaction of the change. It outlives keys and
-- owners, and is purged by itself. A reissue is found by both tags.
--
-- event_at  by this database's clock; of events at the same instant, the later has the greater id
-- details   a JSON object
CREATE TABLE IF NOT EXISTS latchkey_event (
  event_at   TIMESTAMP(6) NOT NULL,
  id         VARCHAR(16) COLLATE "C" NOT NULL,
  action     VARCHAR(32) COLLATE "C" NOT NULL,
  actor      VARCHAR(255) COLLATE "C" NULL,
  actor_type VARCHAR(16) COLLATE "C" NOT NULL,
  owner      VARCHAR(255) COLLATE "C" NOT NULL,
  tag        VARCHAR(12) COLLATE "C" NULL,
  new_tag    VARCHAR(12) COLLATE "C" NULL,
  address    VARCHAR(64) COLLATE "C" NULL,
  reason     VARCHAR(200) COLLATE "C" NULL,
  details    TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (event_at, id)
);
CREATE INDEX IF NOT EXISTS latchkey_event_owner ON latchkey_event (owner, event_at, id, action);
CREATE INDEX IF NOT EXISTS latchkey_event_tag ON latchkey_event (tag);
CREATE INDEX IF NOT EXISTS latchkey_event_new_tag ON latchkey_event (new_tag);

-- For the lists of an administrator.
--
-- listed_at  when a key was made that is not deleted, else NULL: dead rows are not in lists' way
-- hint_end   the last characters of the hint, which are those of the secret
ALTER TABLE latchkey_key ADD COLUMN IF NOT EXISTS listed_at TIMESTAMP(6) NULL;
ALTER TABLE latchkey_key ADD COLUMN IF NOT EXISTS hint_end VARCHAR(4) COLLATE "C" NULL;
