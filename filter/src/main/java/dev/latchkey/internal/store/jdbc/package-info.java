/** The store over plain JDBC. Internal. */
@NullMarked
package dev.latchkey.internal.store.jdbc;

import org.jspecify.annotations.NullMarked;
