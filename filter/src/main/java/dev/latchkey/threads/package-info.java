/** Threads that end with the application. */
@NullMarked
package dev.latchkey.threads;

import org.jspecify.annotations.NullMarked;
