CREATE INDEX IF NOT EXISTS latchkey_key_listed_at ON latchkey_key (listed_at, tag);
CREATE INDEX IF NOT EXISTS latchkey_key_hint_end ON latchkey_key (hint_end);
