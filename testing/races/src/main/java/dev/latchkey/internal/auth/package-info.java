/** Races of the cache. In this package, since what they try is visible here only. */
@NullMarked
package dev.latchkey.internal.auth;

import org.jspecify.annotations.NullMarked;
