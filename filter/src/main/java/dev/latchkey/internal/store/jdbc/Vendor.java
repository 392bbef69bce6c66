package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.settings.JdbcUrl;
import dev.latchkey.internal.store.DatabaseInfo;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The databases we ship a schema for, and the expressions that they do not agree on. */
enum Vendor {
  MARIADB(
      "MariaDB",
      "org.mariadb.jdbc:mariadb-java-client",
      "org.flywaydb:flyway-mysql",
      "UTC_TIMESTAMP(6)",
      "@@in_transaction = 1"),
  /**
   * Its {@code now()} is the start of the transaction, which may have waited for a lock since. Each
   * transaction that has written or locked something has an id.
   */
  POSTGRESQL(
      "PostgreSQL",
      "org.postgresql:postgresql",
      "org.flywaydb:flyway-database-postgresql",
      "statement_timestamp() AT TIME ZONE 'UTC'",
      "pg_current_xact_id_if_assigned() IS NOT NULL"),
  /** A cast to TIMESTAMP would go by the session's time zone, so it is counted from the epoch. */
  H2(
      "H2",
      "com.h2database:h2",
      "org.flywaydb:flyway-core",
      "DATEADD('MICROSECOND', CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(6)) * 1000000 AS BIGINT),"
          + " TIMESTAMP '1970-01-01 00:00:00')",
      "EXISTS (SELECT 1 FROM INFORMATION_SCHEMA.SESSIONS"
          + " WHERE SESSION_ID = SESSION_ID() AND CONTAINS_UNCOMMITTED)");

  /** Whose a URL is; one that wraps another driver, as {@code jdbc:p6spy:}, may stand before. */
  private static final Pattern URL =
      Pattern.compile(
          Arrays.stream(values())
              .map(Vendor::id)
              .collect(Collectors.joining("|", "(?s)jdbc:(?:[\\w-]+:)??(", "):.*")));

  private static final Pattern FOREIGN_URL = Pattern.compile("(?s)(jdbc:[\\w-]+:).*");

  private final String productName;
  private final String driver;
  private final String flywayModule;
  private final String utcNow;
  private final String inTransaction;

  Vendor(
      String productName, String driver, String flywayModule, String utcNow, String inTransaction) {
    this.productName = productName;
    this.driver = driver;
    this.flywayModule = flywayModule;
    this.utcNow = utcNow;
    this.inTransaction = inTransaction;
  }

  /** The driver to add where there is none, as Maven names it. */
  String driver() {
    return driver;
  }

  /** What Flyway needs for this database, as Maven names it. */
  String flywayModule() {
    return flywayModule;
  }

  /**
   * Tells what our own pool asks of the driver, unless the URL does. Without, PostgreSQL's would
   * wait ten seconds to cancel a statement of a server that accepts and says nothing, and a thread
   * of its own, which connects, for good.
   *
   * @param timeout how long to wait for an answer
   */
  Map<String, String> driverDefaults(Duration timeout) {
    return this == POSTGRESQL
        ? Map.of(
            "cancelSignalTimeout", "1", "socketTimeout", String.valueOf(timeout.toSeconds() + 1))
        : Map.of();
  }

  /** The database's own clock, in UTC whatever the session's time zone, as SQL. */
  String utcNow() {
    return utcNow;
  }

  /** Where the schema's files are on the class path. Not a package name: open in every module. */
  String schemaLocation() {
    return "latchkey-schema/" + id();
  }

  /** The part of a URL that names the database. */
  private String id() {
    return productName.toLowerCase(Locale.ROOT);
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

  /**
   * The database that a URL leads to.
   *
   * @throws IllegalArgumentException if it is not supported
   */
  static Vendor ofUrl(String url) {
    Matcher named = URL.matcher(url);
    String id = named.matches() ? named.group(1) : "";
    return Arrays.stream(values())
        .filter(vendor -> vendor.id().equals(id))
        .findFirst()
        .orElseThrow(() -> unsupported("jdbcUrl begins with " + beginning(url)));
  }

  /** The part of a foreign URL that tells whose it is, and no more: there may be secrets in it. */
  private static String beginning(String url) {
    Matcher named = FOREIGN_URL.matcher(url);
    return named.matches() ? named.group(1) : "something else than jdbc: and the name of a driver";
  }

  /**
   * The database behind a connection, as its driver knows it.
   *
   * @throws IllegalArgumentException if it is not supported
   */
  static Vendor of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return Arrays.stream(values())
        .filter(vendor -> vendor.productName.equals(product))
        .findFirst()
        .orElseThrow(() -> unsupported(product));
  }

  private static IllegalArgumentException unsupported(String what) {
    return new IllegalArgumentException(
        what
            + ", which is not supported; supported are "
            + Arrays.stream(values())
                .map(vendor -> vendor.productName + " (jdbc:" + vendor.id() + ":)")
                .collect(Collectors.joining(", ")));
  }
}
