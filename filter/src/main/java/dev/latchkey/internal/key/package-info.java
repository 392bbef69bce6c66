/**
 * The secret text of a key: its format, generation, parsing and hashing. No I/O; knows the JDK
 * only.
 *
 * <p>The parser turns text into a hash, and nothing of the secret goes further. Types that hold a
 * secret or a hash redact their {@code toString}. All classes are thread-safe. Text that is no key
 * is null or false, not an exception; a wrong prefix is an {@link IllegalArgumentException}.
 */
@NullMarked
package dev.latchkey.internal.key;

import org.jspecify.annotations.NullMarked;
