/** Where keys are kept: the interface, and the values that cross it. */
@NullMarked
package dev.latchkey.internal.store;

import org.jspecify.annotations.NullMarked;
