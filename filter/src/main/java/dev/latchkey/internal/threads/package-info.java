/**
 * Daemon threads that an application can wait for when it stops, so that a redeployment leaves
 * none. Their names begin with {@code latchkey-}. Nobody interrupts them: an interrupt would close
 * the files of an embedded database. Thread-safe; knows the JDK only.
 */
@NullMarked
package dev.latchkey.internal.threads;

import org.jspecify.annotations.NullMarked;
