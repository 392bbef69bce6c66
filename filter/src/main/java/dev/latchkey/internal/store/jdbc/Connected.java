package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.settings.JdbcUrl;
import dev.latchkey.internal.store.DatabaseInfo;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/**
 * A database that has been reached.
 *
 * @param source where connections come from
 * @param info what its driver says of it
 */
record Connected(ConnectionSource source, DatabaseInfo info) {
  static DatabaseInfo describe(Connection connection) throws SQLException {
    DatabaseMetaData facts = connection.getMetaData();
    String version = facts.getDatabaseProductVersion().replaceFirst("(?s)[^0-9.].*", "");
    String url = facts.getURL();
    return new DatabaseInfo(
        facts.getDatabaseProductName() + " " + version,
        url == null ? "" : JdbcUrl.withoutSecrets(url));
  }
}
