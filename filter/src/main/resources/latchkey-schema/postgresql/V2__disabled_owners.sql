-- Owners of whom no key counts, those of the future included. To enable one again, its row goes.
CREATE TABLE IF NOT EXISTS latchkey_disabled_owner (
  owner       VARCHAR(255) COLLATE "C" NOT NULL,
  disabled_at TIMESTAMP(6) NOT NULL,
  PRIMARY KEY (owner)
);
