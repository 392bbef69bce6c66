/** Marks the spans of a tracer, if the application has one. */
@NullMarked
package dev.latchkey.internal.tracing;

import org.jspecify.annotations.NullMarked;
