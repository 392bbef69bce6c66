package dev.latchkey.internal.store;

import java.time.Instant;

/**
 * Notes that a key was accepted.
 *
 * @param tag which key
 * @param at when
 * @param from the caller's address, as the container knows it
 */
public record KeyUse(String tag, Instant at, String from) {}
