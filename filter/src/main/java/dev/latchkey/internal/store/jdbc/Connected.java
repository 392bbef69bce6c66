package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.settings.JdbcUrl;
import dev.latchkey.internal.store.DatabaseInfo;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/**
 * What is at the other end of a connection, as its driver knows it.
 *
 * @param vendor whose SQL it speaks
 * @param database what to call it
 */
record Connected(Vendor vendor, DatabaseInfo database) {
  static Connected by(Connection connection) throws SQLException {
    Vendor vendor = Vendor.of(connection);
    DatabaseMetaData facts = connection.getMetaData();
    String version = facts.getDatabaseProductVersion().replaceFirst("(?s)[^0-9.].*", "");
    String url = facts.getURL();
    return new Connected(
        vendor,
        new DatabaseInfo(
            facts.getDatabaseProductName() + " " + version,
            url == null ? "" : JdbcUrl.withoutSecrets(url)));
  }
}
