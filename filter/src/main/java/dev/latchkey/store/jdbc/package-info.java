/** The store over plain JDBC. Not exported. */
@NullMarked
package dev.latchkey.store.jdbc;

import org.jspecify.annotations.NullMarked;
