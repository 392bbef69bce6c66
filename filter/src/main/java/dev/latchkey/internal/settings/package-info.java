/**
 * All settings in one table, {@link dev.latchkey.internal.settings.Settings}: name, type, range,
 * default, group and meaning. A new setting is one row there, and its use.
 *
 * <p>Builders, init-params and context-params, the ranges in messages and the tables of README.md
 * come from this table or are checked against it. The table is immutable; {@code SettingValues} is
 * not thread-safe, and belongs to one builder. A wrong value is an {@link IllegalArgumentException}
 * that names the setting, and contains no secret.
 */
@NullMarked
package dev.latchkey.internal.settings;

import org.jspecify.annotations.NullMarked;
