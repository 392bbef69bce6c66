-- Owners of whom no key counts, those of the future included. To enable one again, its row goes.
CREATE TABLE IF NOT EXISTS latchkey_disabled_owner (
  owner       VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  disabled_at DATETIME(6)  NOT NULL,
  PRIMARY KEY (owner)
) ENGINE = InnoDB;
