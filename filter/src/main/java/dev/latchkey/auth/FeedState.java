package dev.latchkey.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How well this node knows what other nodes changed.
 *
 * @param lastSuccess when, by this node's clock, the change feed last asked the store and was
 *     answered; empty if not yet
 * @param lag how long ago that was, or the start if not yet, measured apart from the clock: a
 *     change that was there before is known here
 */
public record FeedState(Optional<Instant> lastSuccess, Duration lag) {}
