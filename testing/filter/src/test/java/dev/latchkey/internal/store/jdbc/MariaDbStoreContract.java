package dev.latchkey.internal.store.jdbc;

import static dev.latchkey.internal.store.Keys.BY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.Change;
import dev.latchkey.internal.store.KeyUse;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.RecentUse;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.MariaDbServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On MariaDB, whichever an extension hands over. */
abstract class MariaDbStoreContract extends ServerStoreContract {
  private static final Instant FAR = Instant.parse("2999-01-01T00:00:00Z");

  @Override
  String farEast() {
    return "SET time_zone = '+13:00'";
  }

  @Override
  void spoil(Connection connection, StoredKey key) throws SQLException {
    Session session = session(connection);
    session.update("SET sql_mode = ''");
    session.update(
        "UPDATE latchkey_key SET expires_at = '0000-00-00 00:00:00' WHERE key_hash = ?",
        key.hash().toBytes());
  }

  /** As no other database keeps them. */
  private void spoil(String column, String instant, StoredKey key) throws SQLException {
    try (Connection connection = connect()) {
      Session session = session(connection);
      session.update("SET sql_mode = ''");
      session.update(
          "UPDATE latchkey_key SET " + column + " = ? WHERE key_hash = ?",
          instant,
          key.hash().toBytes());
    }
  }

  /** Nor is what comes after them missed because a page is not full. */
  @Test
  void rowsWhoseInstantsCannotBeReadHoldUpNobody() throws Exception {
    String owner = someone();
    List<StoredKey> keys = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      StoredKey key = Keys.of(owner);
      keys.add(key);
      store().add(key, 7, false, BY);
      store().recordUses(List.of(new KeyUse(key.hash(), FAR.minusSeconds(i), "192.0.2.1")));
      spoil("changed_at", "2999-12-05 00:00:0" + i, key);
    }
    List<KeyHash> readable = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      if (i == 0 || i == 2 || i == 3 || i == 5) {
        spoil("changed_at", "2999-12-00 00:00:00", keys.get(i));
        spoil("last_used_at", "2998-12-00 00:00:00", keys.get(i));
      } else {
        readable.add(keys.get(i).hash());
      }
    }
    for (int limit = 1; limit < 9; limit++) {
      List<KeyHash> changed = new ArrayList<>();
      Change change = Change.startOf(FAR);
      List<Change> changes;
      do {
        changes = store().changes(change, limit);
        for (Change next : changes) {
          changed.add(next.hash());
          change = next;
        }
      } while (changes.size() == limit);
      assertThat(changed).containsExactlyElementsOf(readable);
      RecentUse use = RecentUse.before(FAR.plusSeconds(1));
      for (KeyHash expected : readable) {
        List<RecentUse> uses = store().recentUses(use, limit);
        assertThat(uses).hasSizeLessThanOrEqualTo(limit);
        use = uses.get(0);
        assertThat(use.hash()).isEqualTo(expected);
      }
    }
    try (WarningsOf log = new WarningsOf(UnreadableRows.class)) {
      store().changes(Change.startOf(FAR), 1);
      assertThat(log.messages()).isEmpty(); // once a minute
    }
    store().deleteOwner(owner, BY);
    for (StoredKey key : keys) {
      spoil("deleted_at", "1999-12-00 00:00:00", key);
    }
    assertThat(store().purge(Duration.ofDays(9_000))).isEqualTo(7);
  }

  /**
   * By the live counter: the tables of locks in information_schema are not renewed while they are
   * read every few milliseconds.
   */
  @Override
  long lockWaits(DatabaseServer server) {
    return ((MariaDbServer) server).count("Innodb_row_lock_current_waits");
  }
}
