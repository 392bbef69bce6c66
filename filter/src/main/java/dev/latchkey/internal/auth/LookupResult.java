package dev.latchkey.internal.auth;

import dev.latchkey.internal.key.KeyHash;
import java.util.Map;
import java.util.Set;

/**
 * The result of a look-up of several hashes. A hash in neither component does not exist.
 *
 * @param found the keys that exist
 * @param unreadable the hashes of rows that cannot be read
 */
record LookupResult(Map<KeyHash, CachedKey> found, Set<KeyHash> unreadable) {}
