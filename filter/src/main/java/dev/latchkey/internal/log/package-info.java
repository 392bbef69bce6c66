/**
 * Conventions of log lines: one line that ends with the deepest cause, and a limit of one a minute.
 *
 * <p>Every class logs through {@link System.Logger}. A line starts with "Latchkey: " and names what
 * follows for callers. Warnings come once per outage, not once per request; stack traces are for
 * {@code DEBUG}. No line holds a key or a hash. Thread-safe; throws nothing.
 */
@NullMarked
package dev.latchkey.internal.log;

import org.jspecify.annotations.NullMarked;
