/** Races of hashing. In this package, since what they try is visible here only. */
@NullMarked
package dev.latchkey.internal.key;

import org.jspecify.annotations.NullMarked;
