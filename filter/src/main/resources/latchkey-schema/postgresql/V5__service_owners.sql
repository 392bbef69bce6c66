-- A service is an owner whom the application need not know. Nodes of the version before ignore it.
ALTER TABLE latchkey_owner ADD COLUMN IF NOT EXISTS is_service BOOLEAN DEFAULT FALSE NOT NULL;
