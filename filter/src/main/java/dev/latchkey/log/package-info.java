/** What our log lines have in common. */
@NullMarked
package dev.latchkey.log;

import org.jspecify.annotations.NullMarked;
