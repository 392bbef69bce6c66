/**
 * Scopes: what the application declares, and which of them a request needs.
 *
 * <p>Knows nothing of HTTP but methods and paths, and nothing of the store. Immutable and
 * thread-safe. A line that cannot be read stops the start, by the name of its setting.
 */
@NullMarked
package dev.latchkey.internal.scope;

import org.jspecify.annotations.NullMarked;
