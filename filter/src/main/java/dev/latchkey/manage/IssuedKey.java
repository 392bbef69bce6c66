package dev.latchkey.manage;

/**
 * A key that was just made, and the one chance to show its secret.
 *
 * @param key what is kept
 * @param secret what is not
 */
public record IssuedKey(ApiKey key, KeySecret secret) {}
