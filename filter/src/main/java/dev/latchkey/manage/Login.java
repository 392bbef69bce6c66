package dev.latchkey.manage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The login on whose behalf keys are managed.
 *
 * @param owner the name of the container's principal
 * @param endsAt when the login itself ends, if that bounds the owner's keys; null if it does not
 */
public record Login(String owner, @Nullable Instant endsAt) {}
