package dev.latchkey.internal.store.jdbc;

import dev.latchkey.auth.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Creates or checks our tables. */
final class Schema {
  /** The version of the last file in {@link Vendor#schemaLocation}. */
  static final String NEWEST_VERSION = "9";

  static final String HISTORY_TABLE = "latchkey_schema_history";

  /** Ask for the columns that came last, of each table. */
  private static final String EXPECT_KEYS =
      """
      SELECT key_hash, scopes, listed_at, hint_end, changed_at FROM latchkey_key WHERE 1 = 0""";

  private static final String EXPECT_OWNERS =
      """
      SELECT owner, is_service FROM latchkey_owner WHERE 1 = 0""";

  private static final String EXPECT_EVENTS =
      """
      SELECT event_at, id FROM latchkey_event WHERE 1 = 0""";

  /** More than Flyway waits for another node's migration at a time, which is ten seconds. */
  private static final Duration MAX_ANSWER_TIME = Duration.ofSeconds(30);

  /** Said by a database of a table or column that is not there, or that one may not see. */
  private static final String NO_SUCH_TABLE = "42";

  /** Said by H2 of a schema that is not there. */
  private static final String NO_SUCH_SCHEMA = "90079";

  private final Transactions transactions;
  private final Vendor vendor;

  Schema(Transactions transactions, Vendor vendor) {
    this.transactions = transactions;
    this.vendor = vendor;
  }

  void prepare(ConnectionSource source, boolean migrate) {
    if (migrate) {
      migrate(source, MAX_ANSWER_TIME);
    }
    expect(migrate);
  }

  /**
   * Brings the tables to our version.
   *
   * @param maxAnswerTime how long to wait for each answer of the database; what takes longer goes
   *     on there, and the next attempt waits for it or finds it done
   */
  void migrate(ConnectionSource source, Duration maxAnswerTime) {
    // Flyway takes half a second to find that there is nothing to do, which is most of a start.
    if (isNewest()) {
      return;
    }
    // It takes two connections at once, which a pool of ours need not hold.
    new FlywaySchema(
            new BoundedDataSource(source.unpooled(), maxAnswerTime),
            vendor,
            source.statements().schema())
        .apply(this::clearFailures);
    if (!isNewest()) {
      throw new StoreException(
          "Flyway finds no version %s in %s of our jar, as with a class loader that cannot list"
                  .formatted(NEWEST_VERSION, vendor.schemaLocation())
              + " files; "
              + byHand(),
          null);
    }
  }

  private String byHand() {
    return "apply "
        + vendor.schemaLocation()
        + " from the jar to the database and set"
        + " schemaMigration=none";
  }

  private record Applied(String version, boolean success) {}

  /** Tells if the history says so; where there is none yet, Flyway will make it. */
  private boolean isNewest() {
    try {
      List<Applied> history =
          transactions.readWithRetry(
              "read the version of the schema",
              session ->
                  session.select(
                      "SELECT * FROM " + historyTable(session),
                      row -> new Applied(row.getString("version"), row.getBoolean("success"))));
      return history.stream().allMatch(Applied::success)
          && history.stream().map(Applied::version).anyMatch(NEWEST_VERSION::equals);
    } catch (StoreException e) {
      if (isMissing(e)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Has Flyway try what failed once more: what is left of a migration whose connection was lost
   * would stop it for good otherwise. Each of our files may be applied again.
   */
  private void clearFailures() {
    try {
      transactions.write(
          "clear failed migrations",
          session -> {
            String success = Statements.quoted(session.connection(), "success");
            return session.update("DELETE FROM " + historyTable(session) + " WHERE NOT " + success);
          });
    } catch (StoreException e) {
      if (!isMissing(e)) {
        throw e;
      }
    }
  }

  private static String historyTable(Session session) throws SQLException {
    return session.statements().quotedTable(session.connection(), HISTORY_TABLE);
  }

  private static boolean isMissing(StoreException e) {
    return e.getCause() instanceof SQLException cause
        && cause.getSQLState() != null
        && (cause.getSQLState().startsWith(NO_SUCH_TABLE)
            || cause.getSQLState().equals(NO_SUCH_SCHEMA));
  }

  private void expect(boolean migrate) {
    try {
      transactions.readWithRetry(
          "read the tables",
          session ->
              session.select(EXPECT_KEYS, row -> row).size()
                  + session.select(EXPECT_OWNERS, row -> row).size()
                  + session.select(EXPECT_EVENTS, row -> row).size());
    } catch (StoreException e) {
      if (!isMissing(e)) {
        throw e;
      }
      throw new StoreException(
          "the tables latchkey_key, latchkey_owner and latchkey_event cannot be read: "
              + (!migrate
                  ? "apply "
                      + vendor.schemaLocation()
                      + " from the jar to the database, or set schemaMigration=apply"
                  : HISTORY_TABLE
                      + " says that they are there, so somebody else has changed them; "
                      + byHand()),
          e.getCause());
    }
  }
}
