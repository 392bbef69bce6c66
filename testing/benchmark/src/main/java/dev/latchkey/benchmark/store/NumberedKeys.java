package dev.latchkey.benchmark.store;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.test.MariaDbServer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/**
 * Keys by the million, which MariaDB can make itself: the number of a key tells its hash, tag and
 * owner, here and there. Four an owner; every tenth is deleted. Nothing has changed for an hour, so
 * that no change feed reports them, but each has been used. They were made a tenth of a second
 * apart. Hashes and tags are in no order, and their indexes fill as they do in the course of time:
 * a row here, a row there. For keys with a secret there is {@code BulkKeys}.
 */
final class NumberedKeys {
  /** How long ago the newest seems to have been made. */
  static final Duration AGE_OF_NEWEST = Duration.ofDays(30).plusHours(1);

  private static final int PORTION = 10_000;
  private static final int CONNECTIONS = 2;
  private static final int AN_OWNER = 4;
  private static final int EVERY_DELETED = 10;
  private static final int FIRST_OWNER = 1_000_000; // so that all names are as long
  private static final int TAG_BYTES = 9;

  private static final String INSERT =
      """
      INSERT INTO latchkey_key (key_hash, tag, owner, slot, hint, hint_end, description, created_at,
        listed_at, expires_at, last_used_at, last_used_from, deleted_at, changed_at)
      SELECT UNHEX(SHA2(seq, 256)), TO_BASE64(LEFT(UNHEX(MD5(seq)), 9)),
        CONCAT('user-', 1000000 + seq DIV 4), %1$s, CONCAT('lk_…', end), end, 'in bulk', made,
        IF(%1$s IS NULL, NULL, made), past + INTERVAL 60 DAY, past, '192.0.2.17', %2$s, past
      FROM (
        SELECT seq, past, RIGHT(TO_BASE64(LEFT(UNHEX(MD5(seq)), 12)), 4) AS end,
          past - INTERVAL 30 DAY - INTERVAL seq * 100000 MICROSECOND AS made
        FROM seq_%3$d_to_%4$d JOIN (SELECT UTC_TIMESTAMP(6) - INTERVAL 1 HOUR AS past) t
      ) numbered
      """;
  private static final String INSERT_ROW =
      """
      INSERT INTO latchkey_key (key_hash, tag, owner, slot, hint, hint_end, description, created_at,
        listed_at, expires_at, last_used_at, last_used_from, deleted_at, changed_at)
      VALUES (?, ?, ?, ?, ?, ?, 'in bulk', ?, ?, ?, ?, '192.0.2.17', ?, ?)
      """;

  private static final String TOUCH =
      """
      UPDATE seq_%1$d_to_%2$d JOIN latchkey_key ON key_hash = UNHEX(SHA2(seq, 256))
      SET changed_at = UTC_TIMESTAMP(6) - INTERVAL (%2$d - seq) * 1000 MICROSECOND
      """;

  private NumberedKeys() {}

  /** Inserts the keys with these numbers. */
  static void insert(String url, int first, int last) {
    CompletableFuture<?>[] shares = new CompletableFuture<?>[CONNECTIONS];
    for (int i = 0; i < CONNECTIONS; i++) {
      int start = first + i * PORTION;
      shares[i] = CompletableFuture.runAsync(() -> insertEveryOther(url, start, last));
    }
    CompletableFuture.allOf(shares).join();
  }

  private static void insertEveryOther(String url, int first, int last) {
    try (Connection connection =
        DriverManager.getConnection(url, MariaDbServer.USER, MariaDbServer.PASSWORD)) {
      for (int start = first; start <= last; start += CONNECTIONS * PORTION) {
        execute(
            connection,
            INSERT.formatted(
                "IF(seq MOD 10 = 0, NULL, seq MOD 4 + 1)",
                "IF(seq MOD 10 = 0, past, NULL)",
                start,
                Math.min(start + PORTION - 1, last)));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Inserts the keys from the first to this one into any database, row by row. */
  static void insert(Connection connection, int last) throws SQLException {
    LocalDateTime past = LocalDateTime.now(ZoneOffset.UTC).minusHours(1);
    connection.setAutoCommit(false);
    try (PreparedStatement insert = connection.prepareStatement(INSERT_ROW)) {
      for (int number = 1; number <= last; number++) {
        insert.setBytes(1, hash(number).toBytes());
        insert.setString(2, tag(number));
        insert.setString(3, owner(number));
        insert.setObject(4, isDeleted(number) ? null : number % AN_OWNER + 1);
        LocalDateTime made = past.minusDays(30).minus(age(number));
        insert.setString(5, "lk_…" + hintEnd(number));
        insert.setString(6, hintEnd(number));
        insert.setObject(7, made);
        insert.setObject(8, isDeleted(number) ? null : made);
        insert.setObject(9, past.plusDays(60));
        insert.setObject(10, past);
        insert.setObject(11, isDeleted(number) ? past : null);
        insert.setObject(12, past);
        insert.addBatch();
        if (number % PORTION == 0 || number == last) {
          insert.executeBatch();
          connection.commit();
        }
      }
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** Inserts keys that were deleted two days ago. */
  static void insertDead(Connection connection, int first, int last) throws SQLException {
    execute(connection, INSERT.formatted("NULL", "past - INTERVAL 2 DAY", first, last));
  }

  /** Dates these keys as if they had changed one by one, a millisecond apart, the last just now. */
  static void touch(Connection connection, int first, int last) throws SQLException {
    execute(connection, TOUCH.formatted(first, last));
  }

  private static void execute(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  static boolean isDeleted(int number) {
    return number % EVERY_DELETED == 0;
  }

  static KeyHash hash(int number) {
    return KeyHash.of(digest("SHA-256", number));
  }

  static String tag(int number) {
    return Base64.getEncoder().encodeToString(Arrays.copyOf(digest("MD5", number), TAG_BYTES));
  }

  /** Returns the last four characters of its secret, which few others have. */
  static String hintEnd(int number) {
    String all = Base64.getEncoder().encodeToString(Arrays.copyOf(digest("MD5", number), 12));
    return all.substring(12);
  }

  /** Returns how much older it is than the first. */
  static Duration age(int number) {
    return Duration.ofMillis(100L * number);
  }

  static String owner(int number) {
    return "user-" + (FIRST_OWNER + number / AN_OWNER);
  }

  private static byte[] digest(String algorithm, int number) {
    try {
      return MessageDigest.getInstance(algorithm)
          .digest(String.valueOf(number).getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
