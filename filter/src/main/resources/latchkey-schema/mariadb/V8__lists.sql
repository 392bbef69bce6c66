-- Steps of their own, each a transaction on PostgreSQL: adding columns shuts readers out until it
-- ends, and who has locked rows and then builds an index waits for those who wait for the rows.
UPDATE latchkey_key
SET listed_at = CASE WHEN slot IS NULL THEN NULL ELSE created_at END, hint_end = RIGHT(hint, 4)
WHERE hint_end IS NULL;
