/**
 * Path patterns of settings. Knows the JDK only. Immutable and thread-safe; a text that is no
 * pattern is an {@link IllegalArgumentException}.
 */
@NullMarked
package dev.latchkey.internal.path;

import org.jspecify.annotations.NullMarked;
