-- A step of its own: on PostgreSQL, a step that adds columns shuts readers out until it ends.
UPDATE latchkey_key
SET listed_at = CASE WHEN slot IS NULL THEN NULL ELSE created_at END, hint_end = RIGHT(hint, 4)
WHERE hint_end IS NULL;
CREATE INDEX IF NOT EXISTS latchkey_key_listed_at ON latchkey_key (listed_at, tag);
CREATE INDEX IF NOT EXISTS latchkey_key_hint_end ON latchkey_key (hint_end);
