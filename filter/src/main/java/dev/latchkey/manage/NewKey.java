package dev.latchkey.manage;

import dev.latchkey.internal.key.ApiKey;
import dev.latchkey.internal.store.StoredKey;

/**
 * A key that was just made, and the one chance to show its secret.
 *
 * @param key what is kept
 * @param secret what is not
 */
public record NewKey(StoredKey key, ApiKey secret) {}
