package dev.latchkey.internal.store.jdbc;

import static dev.latchkey.internal.store.Keys.BY;
import static dev.latchkey.internal.store.Keys.LATER;
import static dev.latchkey.internal.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.AdministrationStore;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.KeyUse;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.Position;
import dev.latchkey.internal.store.Slice;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.manage.KeyFilter;
import dev.latchkey.test.LongForm;
import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Administrators' lists go by columns of their own. They must say what the rest of the row says,
 * while keys are changed from all sides and the server dies in the middle of it.
 */
class ListIndexesTest {
  private static final int KEYS = 8_000;
  private static final int KILLS = LongForm.choose(3, 1);
  private static final int PORTION = 200;
  private static final int CHANGERS = 4;

  @Test
  void indexesSayWhatTheTableSays() throws Exception {
    withKills(MariaDbBinaries.bundled());
  }

  private static void withKills(MariaDbBinaries binaries) throws Exception {
    try (MariaDbServer server = new MariaDbServer(binaries)) {
      String database = server.newDatabase();
      Set<KeyHash> revoked = ConcurrentHashMap.newKeySet();
      for (int kill = 0; kill < KILLS; kill++) {
        try (ApiKeyStore store = open(server, database)) {
          load(server, database, kill * KEYS);
          changeUntilKilled(server, store, revoked, kill);
        }
        server.restart();
        try (ApiKeyStore store = open(server, database);
            Connection connection = server.connect(database)) {
          assertSound(JdbcApiKeyStoreContract.session(connection));
          assertListed(store, JdbcApiKeyStoreContract.session(connection), revoked);
        }
      }
    }
  }

  private static ApiKeyStore open(MariaDbServer server, String database) {
    return JdbcStores.open(
        JdbcApiKeyStoreContract.settings(
            server.url(database), MariaDbServer.USER, MariaDbServer.PASSWORD));
  }

  private static void load(MariaDbServer server, String database, int first) throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO latchkey_key (key_hash, tag, owner, slot, hint, description, created_at,
            expires_at, changed_at)
          SELECT UNHEX(SHA2(seq, 256)), CONCAT('t', seq), CONCAT('bulk-', seq), 1,
            CONCAT('lk_…', LPAD(seq MOD 10000, 4, '0')), '', '2026-01-01' + INTERVAL seq SECOND,
            '2027-01-01', '2026-01-01'
          FROM seq_%d_to_%d"""
              .formatted(first + 1, first + KEYS));
      statement.execute(OldSql.LIST);
    }
  }

  /** The server dies while half of the keys are revoked. */
  private static void changeUntilKilled(
      MariaDbServer server, ApiKeyStore store, Set<KeyHash> revoked, int seed) throws Exception {
    AtomicBoolean isDown = new AtomicBoolean();
    CountDownLatch portions = new CountDownLatch(KEYS / PORTION / 2);
    List<CompletableFuture<?>> all = new ArrayList<>();
    all.add(until(isDown, () -> revokeAll(store, revoked, portions)));
    for (int i = 0; i < CHANGERS; i++) {
      Random random = new Random(seed * CHANGERS + i);
      all.add(until(isDown, () -> change(store, random)));
    }
    assertThat(portions.await(2, TimeUnit.MINUTES)).isTrue();
    server.kill();
    isDown.set(true);
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(1, TimeUnit.MINUTES);
  }

  private static CompletableFuture<?> until(AtomicBoolean isDown, Runnable work) {
    return CompletableFuture.runAsync(
        () -> {
          while (!isDown.get()) {
            try {
              work.run();
            } catch (StoreException e) {
              // the server was killed, or a lock was not to be had
            }
          }
        });
  }

  private static void revokeAll(ApiKeyStore store, Set<KeyHash> revoked, CountDownLatch portions) {
    AdministrationStore lists = store.administration();
    KeyFilter filter = KeyFilter.all().withOwnerPrefix("bulk-");
    Position place = Position.LAST;
    while (place != null) {
      Slice<StoredKey> slice = lists.keys(filter, place, PORTION, NOW);
      if (!slice.items().isEmpty()) {
        List<KeyHash> hashes = slice.items().stream().map(StoredKey::hash).toList();
        revoked.addAll(lists.revoke(hashes, "test", BY).hashes());
        portions.countDown();
      }
      place = slice.next();
    }
  }

  private static void change(ApiKeyStore store, Random random) {
    StoredKey key = Keys.of("owner-" + random.nextInt(100));
    store.add(key, 1_000, false, BY);
    switch (random.nextInt(4)) {
      case 0 -> store.delete(key.owner(), key.tag(), BY);
      case 1 -> store.reissue(key.tag(), Keys.of(key.owner()), LATER, BY);
      case 2 -> store.recordUses(List.of(new KeyUse(key.hash(), NOW, "192.0.2.1")));
      default -> store.purge(Duration.ZERO);
    }
  }

  private static void assertSound(Session session) throws SQLException {
    assertSame(
        session,
        "SELECT CONCAT_WS(' ', tag, created_at) FROM latchkey_key %s" + " WHERE slot IS NOT NULL",
        "SELECT CONCAT_WS(' ', tag, listed_at) FROM latchkey_key"
            + " FORCE INDEX (latchkey_key_listed_at)"
            + " WHERE listed_at > '1000-01-01'");
    assertSame(
        session,
        "SELECT CONCAT_WS(' ', tag, RIGHT(hint, 4)) FROM latchkey_key %s",
        "SELECT CONCAT_WS(' ', tag, hint_end) FROM latchkey_key"
            + " FORCE INDEX (latchkey_key_hint_end)"
            + " WHERE hint_end >= ''");
  }

  private static void assertSame(Session session, String byTable, String byIndex)
      throws SQLException {
    List<String> rows =
        session.select(byTable.formatted("FORCE INDEX (PRIMARY)"), row -> row.getString(1));
    assertThat(rows).hasSizeGreaterThan(KEYS / 10);
    assertThat(session.select(byIndex, row -> row.getString(1)).stream().sorted())
        .containsExactlyElementsOf(rows.stream().sorted().toList());
  }

  /** What was revoked before the server died is dead, and all else is there. */
  private static void assertListed(ApiKeyStore store, Session session, Set<KeyHash> revoked)
      throws SQLException {
    Set<KeyHash> listed = new HashSet<>();
    Position place = Position.LAST;
    while (place != null) {
      Slice<StoredKey> slice = store.administration().keys(KeyFilter.all(), place, PORTION, NOW);
      slice.items().forEach(key -> listed.add(key.hash()));
      place = slice.next();
    }
    assertThat(revoked.stream().filter(listed::contains)).isEmpty();
    assertThat(listed)
        .isEqualTo(
            Set.copyOf(
                session.select(
                    "SELECT key_hash FROM latchkey_key FORCE INDEX (PRIMARY)"
                        + " WHERE slot IS NOT NULL",
                    KeyRow::hash)));
  }
}
