package dev.latchkey.internal.store.jdbc;

import static dev.latchkey.internal.store.Keys.BY;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.PostgreSqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On PostgreSQL, whichever an extension hands over. */
abstract class PostgreSqlStoreContract extends ServerStoreContract {
  @Override
  String farEast() {
    return "SET TIME ZONE 13";
  }

  @Override
  void spoil(Connection connection, StoredKey key) throws SQLException {
    session(connection)
        .update(
            "UPDATE latchkey_key SET expires_at = 'infinity' WHERE key_hash = ?",
            key.hash().toBytes());
  }

  @Override
  long lockWaits(DatabaseServer server) {
    return ((PostgreSqlServer) server)
        .count("SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
  }

  /** Whatever the database's own collation, which knows alphabets. */
  @Test
  void textsCompareAsBytes() throws Exception {
    try (Connection connection = connect()) {
      assertThat(
              session(connection)
                  .select(
                      """
                      SELECT DISTINCT collname FROM pg_attribute
                        JOIN pg_class ON pg_class.oid = attrelid
                        JOIN pg_collation ON pg_collation.oid = attcollation
                      WHERE relname IN ('latchkey_key', 'latchkey_owner')
                        AND atttypid = 'varchar'::regtype""",
                      row -> row.getString(1)))
          .containsExactly("C");
      assertThat(session(connection).select("SELECT 'a' < 'B'", row -> row.getBoolean(1)))
          .as("elsewhere they compare by the alphabet")
          .containsExactly(true);
    }
  }

  /** Who has waited for an owner's lock does not see there what was committed meanwhile. */
  @ParameterizedTest
  @ValueSource(strings = {"repeatable%5C%20read", "serializable"})
  void addsRaceUnderStrictIsolationToo(String isolation) throws Exception {
    JdbcSettings strict = database("?options=-c%20default_transaction_isolation=" + isolation);
    try (ApiKeyStore own = JdbcStores.open(strict)) {
      for (int round = 0; round < 20; round++) {
        String owner = someone();
        StoredKey first = Keys.of(owner);
        own.add(first, 1, false, BY);
        own.delete(owner, first.tag(), BY); // its row is there now
        assertThat(race(() -> !own.add(Keys.of(owner), 1, false, BY).isEmpty()))
            .containsOnlyOnce(true);
      }
    }
  }

  @Test
  void lockThatIsNotToBeHadInTimeIsTriedAgain() throws Exception {
    StoredKey key = Keys.of(someone());
    store().add(key, 1, false, BY);
    CountDownLatch severalTimes = new CountDownLatch(3);
    try (HikariDataSource pool = pool(database("?options=-c%20lock_timeout=20"))) {
      WatchedDataSource watched =
          new WatchedDataSource(pool).before("rollback", connection -> severalTimes.countDown());
      CompletableFuture<?> deleted;
      try (ApiKeyStore hasty = JdbcStores.open(inSchema(settings(watched, false), tableSchema()));
          Connection other = locking(key)) {
        deleted =
            CompletableFuture.supplyAsync(() -> hasty.delete(key.owner(), key.tag(), BY).hashes());
        assertThat(severalTimes.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(deleted).isNotDone();
        other.rollback();
        deleted.get(20, TimeUnit.SECONDS);
      }
    }
    assertThat(Keys.find(store(), key.hash())).isEmpty();
  }
}
