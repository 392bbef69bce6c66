-- To find the keys that were used last, for a node that warms up.
CREATE INDEX IF NOT EXISTS latchkey_key_last_used_at ON latchkey_key (last_used_at);
