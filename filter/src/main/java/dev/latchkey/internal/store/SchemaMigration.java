package dev.latchkey.internal.store;

/** Names who brings the store's tables up to date. */
public enum SchemaMigration {
  /** We do, at start. */
  APPLY,
  /** The operator does, from the files in the jar. */
  NONE
}
