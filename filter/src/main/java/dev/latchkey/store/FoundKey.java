package dev.latchkey.store;

import java.time.Instant;

/**
 * A key, and which state of it was found.
 *
 * @param key what is kept of it
 * @param changedAt when it last changed, as {@link ApiKeyStore#changes} tells it
 * @param ownerDisabled whether no key of its owner counts at present
 */
public record FoundKey(StoredKey key, Instant changedAt, boolean ownerDisabled) {}
