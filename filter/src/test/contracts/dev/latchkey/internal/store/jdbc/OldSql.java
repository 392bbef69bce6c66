package dev.latchkey.internal.store.jdbc;

/** Statements of earlier versions of the schema, for what is to be migrated. */
final class OldSql {
  static final String INSERT_BEFORE_SCOPES =
      """
      INSERT INTO latchkey_key
        (key_hash, tag, owner, hint, description, created_at, expires_at, slot, changed_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ${now})""";

  private OldSql() {}
}
