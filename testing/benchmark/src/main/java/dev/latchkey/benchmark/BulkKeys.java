package dev.latchkey.benchmark;

import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.internal.key.KeyHasher;
import dev.latchkey.manage.KeySecret;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Inserts keys, one an owner, as if added an hour ago, so that no change feed reports them. */
public final class BulkKeys {
  private static final int BATCH = 1_000;
  private static final Duration AGE = Duration.ofHours(1);
  private static final Duration VALIDITY = Duration.ofDays(90);
  private static final String INSERT =
      """
      INSERT INTO latchkey_key (key_hash, tag, owner, hint, description, created_at, expires_at,
        slot, changed_at) VALUES (?, ?, ?, ?, 'in bulk', ?, ?, 1, ?)
      """;

  private BulkKeys() {}

  /** Inserts these keys into a database that has our schema. */
  public static void insert(String url, String user, String password, List<KeySecret> keys)
      throws SQLException {
    KeyHasher hasher = new KeyHasher();
    KeyGenerator tags = new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom());
    LocalDateTime then = LocalDateTime.now(ZoneOffset.UTC).minus(AGE);
    try (Connection connection = DriverManager.getConnection(url, user, password);
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(false);
      int number = 0;
      for (KeySecret key : keys) {
        String tag = tags.newTag();
        insert.setBytes(1, hasher.hash(key).toBytes());
        insert.setString(2, tag);
        insert.setString(3, "owner-" + tag);
        insert.setString(4, key.hint());
        insert.setObject(5, then);
        insert.setObject(6, then.plus(VALIDITY).minusSeconds(number++)); // hardly two at once
        insert.setObject(7, then);
        insert.addBatch();
        if (number % BATCH == 0 || number == keys.size()) {
          insert.executeBatch();
          connection.commit();
        }
      }
    }
  }

  /** Limits all keys of a database to a scope. */
  public static void limit(String url, String user, String password, String scope)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        PreparedStatement update =
            connection.prepareStatement("UPDATE latchkey_key SET scopes = ?")) {
      update.setString(1, scope);
      update.executeUpdate();
    }
  }
}
