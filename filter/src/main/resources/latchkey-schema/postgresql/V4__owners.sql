-- One row an owner, which everything that adds keys, or ends all of them, locks first. An owner has
-- one from the first key on until the owner is deleted; an owner without is like one that has
-- nothing set. While disabled_at is set, no key of the owner counts.
CREATE TABLE IF NOT EXISTS latchkey_owner (
  owner       VARCHAR(255) COLLATE "C" NOT NULL,
  disabled_at TIMESTAMP(6) NULL,
  PRIMARY KEY (owner)
);

-- It takes the place of this one, which is gone if this file is applied again.
CREATE TABLE IF NOT EXISTS latchkey_disabled_owner (
  owner       VARCHAR(255) COLLATE "C" NOT NULL,
  disabled_at TIMESTAMP(6) NOT NULL,
  PRIMARY KEY (owner)
);
INSERT INTO latchkey_owner (owner, disabled_at)
  SELECT owner, disabled_at FROM latchkey_disabled_owner d
  WHERE NOT EXISTS (SELECT 1 FROM latchkey_owner o WHERE o.owner = d.owner);
DROP TABLE latchkey_disabled_owner;
