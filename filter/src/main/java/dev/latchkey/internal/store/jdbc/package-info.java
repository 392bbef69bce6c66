/**
 * The store over plain JDBC, for MariaDB, PostgreSQL and H2: its SQL, transactions, schema and
 * connections.
 *
 * <p>Opens a HikariCP pool, or borrows the application's {@code DataSource} and returns each
 * connection as it came. Flyway applies the schema, with a history table of its own.
 *
 * <p>Thread-safe. Each call is bounded by {@code lookupTimeout} where the driver allows it. A
 * change whose connection is lost before the commit is made again while there is time; one that is
 * lost at the commit is not repeated. {@code SQLException} becomes {@code StoreException}.
 */
@NullMarked
package dev.latchkey.internal.store.jdbc;

import org.jspecify.annotations.NullMarked;
