-- What a key is limited to: names parted by spaces; NULL is a key with all of its owner's rights.
-- A node of the version before takes every key for such a one, so end those before you limit keys.
ALTER TABLE latchkey_key ADD COLUMN IF NOT EXISTS scopes VARCHAR(3300) COLLATE "C" NULL;
