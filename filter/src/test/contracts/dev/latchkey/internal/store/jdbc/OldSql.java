package dev.latchkey.internal.store.jdbc;

/** Statements of earlier versions of the schema, for what is to be migrated. */
final class OldSql {
  static final String INSERT_BEFORE_SCOPES =
      """
      INSERT INTO latchkey_key
        (key_hash, tag, owner, hint, description, created_at, expires_at, slot, changed_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ${now})""";

  /** Brings keys that were inserted so into the lists, as the migration does. */
  static final String LIST =
      """
      UPDATE latchkey_key
      SET listed_at = CASE WHEN slot IS NULL THEN NULL ELSE created_at END,
        hint_end = RIGHT(hint, 4)
      WHERE hint_end IS NULL""";

  private OldSql() {}
}
