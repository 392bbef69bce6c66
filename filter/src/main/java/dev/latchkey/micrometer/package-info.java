/**
 * The figures of {@link dev.latchkey.ApiKeysStats} as meters of Micrometer. Needs {@code
 * io.micrometer:micrometer-core}, which the application brings.
 */
@NullMarked
package dev.latchkey.micrometer;

import org.jspecify.annotations.NullMarked;
