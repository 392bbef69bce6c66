package dev.latchkey.internal.auth;

import dev.latchkey.internal.key.KeyHash;
import java.util.Map;
import java.util.Set;

/**
 * What the store says of some hashes. What is in neither does not exist.
 *
 * @param found the keys
 * @param unreadable the hashes whose row cannot be read
 */
record LookupResult(Map<KeyHash, CachedKey> found, Set<KeyHash> unreadable) {}
