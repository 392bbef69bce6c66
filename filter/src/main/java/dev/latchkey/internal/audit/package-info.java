/**
 * Tells what becomes of the audit's events after their commit: a line of the log each, and the
 * application's listener. How they are kept is the store's business.
 *
 * <p>Thread-safe. Nothing here holds up a change, or fails it.
 */
@NullMarked
package dev.latchkey.internal.audit;

import org.jspecify.annotations.NullMarked;
