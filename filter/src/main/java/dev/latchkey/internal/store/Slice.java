package dev.latchkey.internal.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items what was found
 * @param next after which place to go on; null if there is no more
 */
public record Slice<T>(List<T> items, @Nullable Position next) {}
