/** Paths of an application, as settings speak of them. Depends on nothing. */
@NullMarked
package dev.latchkey.internal.path;

import org.jspecify.annotations.NullMarked;
