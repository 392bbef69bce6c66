package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.settings.JdbcUrl;
import dev.latchkey.internal.store.DatabaseInfo;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The databases we ship a schema for, and the expressions that they do not agree on. */
enum Vendor {
  MARIADB("MariaDB", "UTC_TIMESTAMP(6)", "@@in_transaction = 1"),
  /** A cast to TIMESTAMP would go by the session's time zone, so it is counted from the epoch. */
  H2(
      "H2",
      "DATEADD('MICROSECOND', CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(6)) * 1000000 AS BIGINT),"
          + " TIMESTAMP '1970-01-01 00:00:00')",
      "EXISTS (SELECT 1 FROM INFORMATION_SCHEMA.SESSIONS"
          + " WHERE SESSION_ID = SESSION_ID() AND CONTAINS_UNCOMMITTED)");

  private final String productName;
  private final String utcNow;
  private final String inTransaction;

  Vendor(String productName, String utcNow, String inTransaction) {
    this.productName = productName;
    this.utcNow = utcNow;
    this.inTransaction = inTransaction;
  }

  /** The database's own clock, in UTC whatever the session's time zone, as SQL. */
  String utcNow() {
    return utcNow;
  }

  /** Where the schema's files are on the class path. Not a package name: open in every module. */
  String schemaLocation() {
    return "latchkey-schema/" + productName.toLowerCase(Locale.ROOT);
  }

  /** Tells if something was done on a connection that a rollback would undo. */
  boolean isInTransaction(Session session) throws SQLException {
    return session
        .select("SELECT " + inTransaction, row -> row.getBoolean(1))
        .equals(List.of(Boolean.TRUE));
  }

  /** Returns what to call the database behind a connection, without secrets. */
  static DatabaseInfo describe(Connection connection) throws SQLException {
    DatabaseMetaData facts = connection.getMetaData();
    String version = facts.getDatabaseProductVersion().replaceFirst("(?s)[^0-9.].*", "");
    String url = facts.getURL();
    return new DatabaseInfo(
        facts.getDatabaseProductName() + " " + version,
        url == null ? "" : JdbcUrl.withoutSecrets(url));
  }

  /** The database behind a connection, as its driver knows it. */
  static Vendor of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return Arrays.stream(values())
        .filter(vendor -> vendor.productName.equals(product))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    product
                        + ", which is not supported; supported are "
                        + Arrays.stream(values())
                            .map(vendor -> vendor.productName)
                            .collect(Collectors.joining(", "))));
  }
}
