package dev.latchkey;

/** Says what becomes of a request without a key. */
public enum KeyRequirement {
  /** It is rejected. */
  REQUIRED,
  /** It passes as anonymous; a bad key is rejected all the same. */
  OPTIONAL
}
