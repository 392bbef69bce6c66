/**
 * Every setting there is, in one table ({@link dev.latchkey.internal.settings.Settings}): its name,
 * type, range, default and meaning. A new setting is one row there, and its use.
 */
@NullMarked
package dev.latchkey.internal.settings;

import org.jspecify.annotations.NullMarked;
