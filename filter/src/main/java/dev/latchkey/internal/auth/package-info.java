/** From the hash of a key to a decision, through a cache. */
@NullMarked
package dev.latchkey.internal.auth;

import org.jspecify.annotations.NullMarked;
