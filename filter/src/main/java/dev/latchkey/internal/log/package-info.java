/** What our log lines have in common. */
@NullMarked
package dev.latchkey.internal.log;

import org.jspecify.annotations.NullMarked;
