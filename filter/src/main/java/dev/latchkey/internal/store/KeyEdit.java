package dev.latchkey.internal.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Names what to change of a key. A null leaves the value as it is.
 *
 * @param description the new description
 * @param expiresAt the new expiry
 */
public record KeyEdit(@Nullable String description, @Nullable Instant expiresAt) {}
