/** The doorway: {@link dev.latchkey.ApiKeys} and its configuration. */
@NullMarked
package dev.latchkey;

import org.jspecify.annotations.NullMarked;
