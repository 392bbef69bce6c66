package dev.latchkey.internal.manage;

import static dev.latchkey.internal.store.Keys.LATER;
import static dev.latchkey.internal.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.Position;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.internal.store.jdbc.JdbcSettings;
import dev.latchkey.internal.store.jdbc.JdbcStores;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.ApiKey;
import dev.latchkey.manage.KeyFilter;
import dev.latchkey.manage.RevokedKeys;
import dev.latchkey.test.MutableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BulkRevocationTest {
  private static final Actor ROOT = Actor.administrator("root");
  private static final KeyFilter RARE = KeyFilter.all().withOwnerPrefix("rare-");
  private static final Instant OLD = Instant.parse("2025-01-01T00:00:00Z");

  private final JdbcDataSource database = new JdbcDataSource();
  private final ApiKeyStore store = open(database);
  private final MutableClock clock = new MutableClock(NOW);
  private final List<KeyHash> evicted = new ArrayList<>();
  private long nanos;
  private long nanosAPortion;
  private final BulkRevocation bulk =
      new BulkRevocation(
          store,
          new Revocations(store, clock, new Aftermath(evicted::add, owner -> {}, event -> {})),
          clock,
          new Pace(
              () -> nanos += nanosAPortion, // it asks before each portion
              wait -> nanos += wait));

  private static ApiKeyStore open(JdbcDataSource database) {
    database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    return JdbcStores.open(
        new JdbcSettings(
            database, null, null, null, null, null, 1, Duration.ofSeconds(10), true, false, null));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private StoredKey added(String owner, Instant createdAt) {
    StoredKey key = Keys.of(owner, createdAt, LATER.plus(Duration.ofDays(9)));
    assertThat(store.add(key, 9, false, ROOT).isEmpty()).isFalse();
    return key;
  }

  private StoredKey reissued(StoredKey old, Instant createdAt) {
    StoredKey key = Keys.of(old.owner(), createdAt, LATER.plus(Duration.ofDays(9)));
    assertThat(store.reissue(old.tag(), key, LATER, ROOT).isEmpty()).isFalse();
    return key;
  }

  /** Adds keys of owners with numbers, a second apart. */
  private void load(String owner, int keys, int slot, Instant from) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO latchkey_key (key_hash, tag, owner, hint, hint_end, description, created_at,
            listed_at, expires_at, slot, deleted_at, changed_at)
          SELECT HASH('SHA-256', '%1$s%2$d' || X), SUBSTR('%1$s', 1, 2) || '%2$d' || X,
            '%1$s' || X, 'lk_…wxyz', 'wxyz', '', DATEADD(SECOND, X, TIMESTAMP '%3$s'),
            DATEADD(SECOND, X, TIMESTAMP '%3$s'), TIMESTAMP '2027-01-01 00:00:00', %2$d,
            CASE WHEN %2$d < 0 THEN TIMESTAMP '2027-01-01 00:00:00' END, TIMESTAMP '%3$s'
          FROM SYSTEM_RANGE(1, %4$d)"""
              .formatted(owner, slot, from.toString().replaceAll("[TZ]", " ").strip(), keys));
    }
  }

  private void assertDryRunIsRight(KeyFilter filter, int count, StoredKey... shown) {
    RevokedKeys would = bulk.count(filter);
    RevokedKeys revoked = bulk.revoke(filter, ROOT);
    assertThat(would.count()).isEqualTo(revoked.count()).isEqualTo(count);
    assertThat(would.keys()).isEqualTo(revoked.keys()).hasSize(shown.length);
    assertThat(revoked.keys()).map(ApiKey::tag).containsExactly(tags(shown));
  }

  private static String[] tags(StoredKey... keys) {
    return Stream.of(keys).map(StoredKey::tag).toArray(String[]::new);
  }

  @Test
  void dryRunCountsWhatTheRealCallRevokes() {
    StoredKey old = added("rare-1", NOW.minusSeconds(10));
    reissued(old, NOW.minusSeconds(8));
    StoredKey replaced = added("rare-2", NOW.minusSeconds(7));
    StoredKey current = reissued(replaced, NOW.minusSeconds(6));
    assertDryRunIsRight(RARE.withCreatedBefore(NOW.minusSeconds(9)), 1, old); // without successor
    assertDryRunIsRight(
        KeyFilter.all().withHint(current.hint()), 2, current); // the other's is else
    StoredKey third = added("rare-3", NOW.minusSeconds(5));
    StoredKey fourth = reissued(third, NOW.minusSeconds(4));
    StoredKey first = store.findByOwner("rare-1").get(0);
    assertDryRunIsRight(RARE, 3, fourth, third, first);
    assertThat(evicted).hasSize(6).doesNotHaveDuplicates();
  }

  /** The real call does not find it any more. */
  @Test
  void predecessorInALaterPortionIsShownByNeither() throws SQLException {
    StoredKey current = reissued(added("rare-1", OLD), NOW);
    load("many-", 6_000, 1, OLD.plusSeconds(1));
    assertDryRunIsRight(RARE, 2, current);
  }

  @Test
  void noCallRevokesMoreThanTheMostWithPredecessors() throws SQLException {
    int pairs = BulkRevocation.MOST / 2 + 700;
    load("pair-", pairs, -1, OLD);
    load("pair-", pairs, 1, OLD.plus(Duration.ofDays(1)));
    load("psingle-", 1, 1, OLD.plus(Duration.ofDays(2)));
    load("many-", 6_000, 1, OLD.plus(Duration.ofDays(3))); // what is left out is not found again
    KeyFilter filter = KeyFilter.all().withOwnerPrefix("p");
    int all = 0;
    RevokedKeys revoked;
    do {
      RevokedKeys would = bulk.count(filter);
      revoked = bulk.revoke(filter, ROOT);
      assertThat(would.count()).isEqualTo(revoked.count());
      assertThat(would.hasMore()).isEqualTo(revoked.hasMore());
      assertThat(revoked.count()).isBetween(1, BulkRevocation.MOST);
      all += revoked.count();
    } while (revoked.hasMore());
    assertThat(all).isEqualTo(2 * pairs + 1).isEqualTo(evicted.size());
    assertThat(evicted).doesNotHaveDuplicates();
  }

  /** However many calls there are: the feeds of all nodes read what has changed again and again. */
  @Test
  void noMoreKeysThanTheFeedsKeepUpWithAreRevokedASecond() throws SQLException {
    load("many-", 12_000, 1, OLD);
    KeyFilter filter = KeyFilter.all().withOwnerPrefix("many-");
    bulk.count(filter);
    assertThat(nanos).isZero();
    while (bulk.revoke(filter, ROOT).hasMore()) {
      assertThat(evicted).hasSize(BulkRevocation.MOST);
    }
    assertThat(evicted).hasSize(12_000);
    assertThat(Duration.ofNanos(nanos)) // the last portion waits, and makes nobody wait
        .isBetween(Duration.ofMillis(3_800), Duration.ofSeconds(4));
  }

  /** Each portion looks at 5 000 keys, and there is time for two. */
  private RevokedKeys inTimeForTwoPortions(KeyFilter filter) {
    nanosAPortion = Duration.ofSeconds(4).toNanos();
    try {
      return bulk.revoke(filter, ROOT);
    } finally {
      nanosAPortion = 0;
    }
  }

  @Test
  void callsEndInTimeAndGoOnWhereTheyStopped() throws SQLException {
    load("many-", 30_000, 1, OLD);
    StoredKey oldest = added("rare-1", OLD);
    StoredKey newest = added("rare-2", NOW.minusSeconds(1));
    RevokedKeys revoked = inTimeForTwoPortions(RARE);
    assertThat(revoked.hasMore()).isTrue();
    assertThat(evicted).containsExactly(newest.hash());
    StoredKey later = added("rare-3", NOW.plusSeconds(1)); // where it has passed already
    for (int calls = 1; revoked.hasMore(); calls++) {
      assertThat(calls).isLessThan(6);
      assertThat(bulk.count(RARE).hasMore()).isFalse(); // and stops nowhere
      revoked = inTimeForTwoPortions(RARE);
    }
    assertThat(evicted).containsExactlyInAnyOrder(newest.hash(), oldest.hash(), later.hash());
  }

  @Test
  void whereACallStoppedIsOfItsFilter() throws SQLException {
    load("many-", 40_000, 1, OLD);
    StoredKey newest = added("rare-1", NOW.minusSeconds(1));
    KeyFilter expired = KeyFilter.all().withStatus(KeyFilter.Status.EXPIRED);
    assertThat(inTimeForTwoPortions(expired).hasMore()).isTrue();
    assertThat(inTimeForTwoPortions(RARE).count()).isOne();
    assertThat(evicted).containsExactly(newest.hash());
  }

  @Test
  void whereACallStoppedIsForgottenInTime() throws SQLException {
    load("many-", 40_000, 1, OLD);
    StoredKey newest = Keys.of("rare-1", NOW.minus(Duration.ofDays(1)), NOW.plusSeconds(1));
    store.add(newest, 1, false, ROOT);
    KeyFilter expired = KeyFilter.all().withStatus(KeyFilter.Status.EXPIRED);
    assertThat(inTimeForTwoPortions(expired).count()).isZero();
    clock.advance(Duration.ofMinutes(10));
    assertThat(inTimeForTwoPortions(expired).count()).isOne();
    assertThat(evicted).containsExactly(newest.hash());
  }

  @Test
  void whatIsRememberedIsBounded() {
    UnfinishedPasses passes = new UnfinishedPasses();
    Pass left = Pass.throughAll(NOW).at(Position.FIRST);
    IntStream.range(0, 1_000)
        .forEach(i -> passes.put(KeyFilter.all().withOwner("" + i), left, NOW));
    assertThat(IntStream.range(0, 1_000))
        .filteredOn(i -> passes.take(KeyFilter.all().withOwner("" + i), NOW).isResumed())
        .hasSize(100)
        .contains(999);
  }
}
