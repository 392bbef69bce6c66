package dev.latchkey.internal.store;

import dev.latchkey.internal.key.KeyHash;
import java.time.Instant;

/**
 * Notes that a key was accepted.
 *
 * @param hash of which key
 * @param at when
 * @param from the caller's address, as the container knows it
 */
public record KeyUse(KeyHash hash, Instant at, String from) {}
