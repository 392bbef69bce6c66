/** Threads that end with the application. */
@NullMarked
package dev.latchkey.internal.threads;

import org.jspecify.annotations.NullMarked;
