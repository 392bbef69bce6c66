/** What an API key is: its shape, checksum, hash and making. No I/O. */
@NullMarked
package dev.latchkey.internal.key;

import org.jspecify.annotations.NullMarked;
