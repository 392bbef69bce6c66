package dev.latchkey.internal.store.jdbc;

import static dev.latchkey.internal.store.Keys.BY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Change;
import dev.latchkey.internal.store.KeyEdit;
import dev.latchkey.internal.store.KeyUse;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.test.DatabaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a server that an extension hands over, where transactions wait for each other. */
abstract class ServerStoreContract extends JdbcApiKeyStoreContract {
  private DatabaseServer server;
  private String database;

  @BeforeAll
  void open(DatabaseServer server) {
    this.server = server;
    database = server.newDatabase();
    open(
        inSchema(
            settings(server.url(database), DatabaseServer.USER, DatabaseServer.PASSWORD),
            tableSchema()));
  }

  /** Returns how many wait for a lock now. */
  abstract long lockWaits(DatabaseServer server);

  @Override
  JdbcSettings emptyDatabase() {
    return settings(server.url(server.newDatabase()), DatabaseServer.USER, DatabaseServer.PASSWORD);
  }

  /** The same with options of the URL. */
  final JdbcSettings database(String options) {
    return inSchema(
        settings(server.url(database) + options, DatabaseServer.USER, DatabaseServer.PASSWORD),
        tableSchema());
  }

  final Connection connect() throws SQLException {
    Connection connection = server.connect(database);
    if (tableSchema() != null) {
      connection.setSchema(tableSchema());
    }
    return connection;
  }

  /** A connection that has locked a key's row, until it is closed. */
  final Connection locking(StoredKey key) throws SQLException {
    Connection connection = connect();
    connection.setAutoCommit(false);
    session(connection)
        .update("UPDATE latchkey_key SET hint = 'h' WHERE key_hash = ?", key.hash().toBytes());
    return connection;
  }

  /** Waits until one waits for a lock, or none does. */
  private void awaitLockWaits(int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (lockWaits(server) != count) {
      assertThat(System.nanoTime()).as("it does not come to " + count).isLessThan(deadline);
    }
  }

  /** Another node would not see a change that is dated before it waited. */
  @Test
  void changesThatWaitForALockAreDatedAfterwards() throws Exception {
    StoredKey key = Keys.of(someone());
    StoredKey other = Keys.of(someone());
    store().add(key, 1, false, BY);
    store().add(other, 1, false, BY);
    assertDatedAfterwards(
        key, () -> store().edit(key.owner(), key.tag(), new KeyEdit("words", null), Keys.NOW, BY));
    assertDatedAfterwards(
        key,
        () -> store().edit(key.owner(), key.tag(), new KeyEdit(null, Keys.LATER), Keys.NOW, BY));
    assertDatedAfterwards(key, () -> store().setOwnerDisabled(key.owner(), true, BY).hashes());
    assertDatedAfterwards(key, () -> store().setOwnerDisabled(key.owner(), false, BY).hashes());
    assertDatedAfterwards(key, () -> store().delete(key.owner(), key.tag(), BY).hashes());
    assertDatedAfterwards(other, () -> store().deleteOwner(other.owner(), BY).hashes());
  }

  private void assertDatedAfterwards(StoredKey key, Runnable change) throws Exception {
    Instant released;
    CompletableFuture<Void> waiting;
    try (Connection other = locking(key)) {
      waiting = CompletableFuture.runAsync(change);
      awaitLockWaits(1);
      released = store().now();
      other.rollback();
    }
    waiting.get(20, TimeUnit.SECONDS);
    assertThat(store().changes(Change.startOf(released), 1_000))
        .extracting(Change::hash)
        .contains(key.hash());
  }

  /** Uses and revocations that waited for each other in a circle would be undone, now and then. */
  @Test
  void manyKeysAreLockedInTheOrderOfTheirHashes() throws Exception {
    StoredKey low = Keys.of(someone());
    StoredKey high = Keys.of(someone());
    while (KeyHash.BYTE_ORDER.compare(low.hash(), high.hash()) > 0
        || low.tag().compareTo(high.tag()) < 0) {
      high = Keys.of(high.owner());
      low = Keys.of(low.owner());
    }
    store().add(low, 1, false, BY);
    store().add(high, 1, false, BY);
    List<KeyUse> uses =
        Stream.of(high, low).map(key -> new KeyUse(key.hash(), Keys.NOW, "192.0.2.1")).toList();
    List<KeyHash> hashes = List.of(high.hash(), low.hash());
    assertLockedFirst(low, high, () -> store().recordUses(uses));
    assertLockedFirst(low, high, () -> store().administration().revoke(hashes, "test", BY));
  }

  /** It is named by nobody. */
  @Test
  void predecessorsAreLockedInTheSameOrder() throws Exception {
    StoredKey old = Keys.of(someone());
    StoredKey current = Keys.of(old.owner());
    while (KeyHash.BYTE_ORDER.compare(old.hash(), current.hash()) > 0) {
      current = Keys.of(old.owner());
    }
    store().add(old, 1, false, BY);
    store().reissue(old.tag(), current, Keys.LATER, BY);
    List<KeyHash> hashes = List.of(current.hash());
    assertLockedFirst(old, current, () -> store().administration().revoke(hashes, "test", BY));
  }

  private void assertLockedFirst(StoredKey first, StoredKey second, Runnable change)
      throws Exception {
    CompletableFuture<Void> waiting;
    try (Connection other = locking(second)) {
      waiting = CompletableFuture.runAsync(change);
      awaitLockWaits(1);
      assertThatThrownBy(() -> lockAtOnce(first)).isInstanceOf(SQLException.class);
      other.rollback();
    }
    waiting.get(20, TimeUnit.SECONDS);
  }

  private void lockAtOnce(StoredKey key) throws SQLException {
    try (Connection connection = connect()) {
      session(connection)
          .select(
              "SELECT tag FROM latchkey_key WHERE key_hash = ? FOR UPDATE NOWAIT",
              row -> row.getString("tag"),
              key.hash().toBytes());
    }
  }

  /** Or what we gave up would pile up there, and happen later. */
  @Test
  void theDatabaseGivesUpWhenWeDo() throws Exception {
    StoredKey key = Keys.of(someone());
    store().add(key, 1, false, BY);
    JdbcSettings hurried =
        new JdbcSettings(
            null,
            null,
            server.url(database),
            DatabaseServer.USER,
            DatabaseServer.PASSWORD,
            null,
            2,
            Duration.ofSeconds(1),
            false,
            false,
            tableSchema());
    List<Consumer<ApiKeyStore>> changes =
        List.of(
            own -> own.delete(key.owner(), key.tag(), BY),
            own -> own.deleteOwner(key.owner(), BY),
            own -> own.recordUses(List.of(new KeyUse(key.hash(), Keys.NOW, "192.0.2.1"))));
    try (ApiKeyStore own = JdbcStores.open(hurried)) {
      for (Consumer<ApiKeyStore> change : changes) {
        try (Connection other = locking(key)) {
          assertThatThrownBy(() -> change.accept(own)).isInstanceOf(StoreException.class);
          awaitLockWaits(0);
          other.rollback();
          assertThat(own.find(key.owner(), key.tag())).contains(key);
        }
      }
    }
  }
}
