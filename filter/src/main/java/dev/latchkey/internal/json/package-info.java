/**
 * Writes JSON, as far as the audit needs it: objects of strings, booleans, lists and objects.
 *
 * <p>Not thread-safe; what it returns is a string.
 */
@NullMarked
package dev.latchkey.internal.json;

import org.jspecify.annotations.NullMarked;
