package dev.latchkey.internal.store;

import dev.latchkey.manage.OwnerStatus;

/** Keeps what is known of an owner. */
public record OwnerState(String owner, boolean isDisabled, boolean isService, int keys)
    implements OwnerStatus {}
