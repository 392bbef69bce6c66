package dev.latchkey;

/** Who creates and upgrades the tables. */
public enum SchemaMigration {
  /** Latchkey does, at start. */
  APPLY,
  /** The operator does, with the files in {@code latchkey-schema/} of the jar. */
  NONE
}
