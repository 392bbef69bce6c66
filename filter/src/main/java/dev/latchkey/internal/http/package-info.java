/**
 * Parts of HTTP that the filter and the servlet share, such as problem types and {@code
 * Retry-After}. Each problem type has one status and one title. Immutable and thread-safe; throws
 * nothing.
 */
@NullMarked
package dev.latchkey.internal.http;

import org.jspecify.annotations.NullMarked;
