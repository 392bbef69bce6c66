package dev.latchkey.internal.manage;

import static dev.latchkey.internal.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.key.KeyHasher;
import dev.latchkey.internal.key.KeyParser;
import dev.latchkey.internal.scope.Scopes;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.internal.store.jdbc.JdbcSettings;
import dev.latchkey.internal.store.jdbc.JdbcStores;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.ApiKey;
import dev.latchkey.manage.AuditEvent;
import dev.latchkey.manage.InvalidValueException;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyFilter;
import dev.latchkey.manage.KeyOperationException;
import dev.latchkey.manage.KeyOperationException.Reason;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.manage.PageRequest;
import dev.latchkey.manage.RevokedKeys;
import dev.latchkey.manage.Validity;
import dev.latchkey.test.MutableClock;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreAdministrationTest {
  private static final Actor ROOT = Actor.administrator("root");
  private static final KeyRequest NOTHING = KeyRequest.create();
  private static final KeyFilter OF_ALICE = KeyFilter.all().withOwner("alice");

  private final JdbcDataSource database = new JdbcDataSource();
  private final ApiKeyStore store = open(database);
  private final MutableClock clock = new MutableClock(NOW);
  private final AtomicLong nanos = new AtomicLong();
  private final List<KeyHash> evicted = new ArrayList<>();
  private final List<String> evictedOwners = new ArrayList<>();
  private final List<AuditEvent> events = new ArrayList<>();
  private final KeyHasher hasher = new KeyHasher();
  private final StoreAdministration administration = administration(3);

  private static ApiKeyStore open(JdbcDataSource database) {
    database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    return JdbcStores.open(
        new JdbcSettings(
            database, null, null, null, null, null, 1, Duration.ofSeconds(10), true, false, null));
  }

  private StoreAdministration administration(int maxKeys) {
    KeyParser parser = new KeyParser(KeyFormat.DEFAULT, hasher);
    Aftermath aftermath = new Aftermath(evicted::add, evictedOwners::add, events::add);
    KeyChanges keys =
        new KeyChanges(
            store,
            new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom()),
            hasher,
            parser,
            new KeyLimits(maxKeys, 90, 365),
            new ScopeGrants(
                Scopes.of(
                    List.of("read = Read", "write = Write", "else = Else"), List.of(), List.of()),
                owner -> Set.of()),
            clock,
            aftermath);
    return new StoreAdministration(
        store,
        keys,
        new Revocations(store, clock, aftermath),
        new EventLists(store.administration()),
        parser,
        clock,
        new Pace(nanos::get, nanos::addAndGet));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KeyOperationException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static void assertInvalid(String field, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  private IssuedKey added(String owner, KeyRequest request) {
    IssuedKey made = administration.add(ROOT, owner, request);
    evicted.clear();
    events.clear();
    return made;
  }

  private List<ApiKey> listed(KeyFilter filter) {
    return administration.list(filter, PageRequest.of(200)).items();
  }

  private static KeyRequest scopes(String... scopes) {
    return KeyRequest.create().withScopes(List.of(scopes));
  }

  private static KeyRequest days(int days) {
    return KeyRequest.create().withValidity(Validity.ofDays(days));
  }

  @Test
  void narrowGivesAKeyLess() {
    IssuedKey made = added("alice", days(30).withAllRights());
    String tag = made.key().tag();
    assertThat(administration.narrow(ROOT, tag, scopes("read", "write")).scopes())
        .containsExactly("read", "write");
    assertThat(administration.narrow(ROOT, tag, scopes("write")).scopes()).containsExactly("write");
    assertThat(administration.narrow(ROOT, tag, days(29)).expiresAt())
        .isEqualTo(NOW.plus(Duration.ofDays(29)));
    assertThat(administration.narrow(ROOT, tag, NOTHING.withDescription("words")).description())
        .isEqualTo("words");
    assertThat(events).extracting(AuditEvent::action).containsOnly("key.edited").hasSize(4);
    assertThat(evicted).containsOnly(((StoredKey) made.key()).hash());
  }

  @Test
  void narrowToWhatAKeyHasChangesNothing() {
    IssuedKey made = added("alice", days(30).withScopes(List.of("read", "write")));
    String tag = made.key().tag();
    for (KeyRequest same : List.of(NOTHING, days(30), scopes("read", "write"))) {
      assertThat(administration.narrow(ROOT, tag, same)).isEqualTo(made.key());
    }
    assertThat(events).isEmpty();
    // the same scopes in another order give it nothing more
    assertThat(administration.narrow(ROOT, tag, scopes("write", "read")).scopes())
        .containsExactlyInAnyOrder("read", "write");
  }

  @Test
  void narrowGivesAKeyNothingMore() {
    IssuedKey made = added("alice", days(30).withScopes(List.of("read", "write")));
    String tag = made.key().tag();
    Instant later = made.key().expiresAt().plusSeconds(1);
    for (KeyRequest wider :
        List.of(
            scopes("read", "write", "else"),
            scopes("else"),
            NOTHING.withAllRights(),
            NOTHING.withValidity(Validity.until(later)),
            scopes("read").withValidity(Validity.until(later)),
            days(1).withScopes(List.of("read", "else")),
            days(1).withAllRights())) {
      assertRefused(Reason.WIDER_THAN_BEFORE, () -> administration.narrow(ROOT, tag, wider));
    }
    assertThat(administration.get(tag)).isEqualTo(made.key());
    assertThat(events).isEmpty();
    assertThat(evicted).isEmpty();
    ApiKey widened =
        administration.edit(ROOT, tag, NOTHING.withAllRights().withValidity(Validity.until(later)));
    assertThat(widened.scopes()).isNull();
    assertThat(widened.expiresAt()).isEqualTo(later);
  }

  @Test
  void narrowKeepsToWhatHoldsForAnyChange() {
    IssuedKey made = added("alice", days(1));
    String tag = made.key().tag();
    assertInvalid("scopes", () -> administration.narrow(ROOT, tag, scopes("none")));
    clock.advance(Duration.ofDays(1));
    assertRefused(Reason.KEY_EXPIRED, () -> administration.narrow(ROOT, tag, days(1)));
    assertThat(administration.narrow(ROOT, tag, scopes("read")).scopes()).containsExactly("read");
    administration.delete(ROOT, tag);
    assertRefused(Reason.NO_SUCH_KEY, () -> administration.narrow(ROOT, tag, scopes("read")));
  }

  @Test
  void keyInItsGraceIsSeenAndNotChanged() {
    IssuedKey old = added("alice", NOTHING);
    administration.reissue(ROOT, old.key().tag(), NOTHING, Duration.ofHours(1));
    assertThat(administration.get(old.key().tag()).worksUntil())
        .isEqualTo(NOW.plus(Duration.ofHours(1)));
    assertThat(listed(OF_ALICE)).hasSize(2);
    assertRefused(
        Reason.NO_SUCH_KEY, () -> administration.narrow(ROOT, old.key().tag(), scopes("read")));
    clock.advance(Duration.ofHours(1));
    assertRefused(Reason.NO_SUCH_KEY, () -> administration.get(old.key().tag()));
    assertRefused(Reason.NO_SUCH_KEY, () -> administration.delete(ROOT, old.key().tag()));
    assertThat(listed(OF_ALICE)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "none", "%", "'; --", "a\u0000b", "\uD83D", "\n"})
  void noOtherTextIsATag(String tag) {
    added("alice", NOTHING);
    assertRefused(Reason.NO_SUCH_KEY, () -> administration.get(tag));
    assertRefused(Reason.NO_SUCH_KEY, () -> administration.delete(ROOT, tag));
    assertRefused(Reason.NO_SUCH_KEY, () -> administration.edit(ROOT, tag, NOTHING));
    assertRefused(
        Reason.NO_SUCH_KEY, () -> administration.reissue(ROOT, tag, NOTHING, Duration.ZERO));
    assertThat(listed(KeyFilter.all())).hasSize(1);
  }

  @Test
  void addForServiceMakesTheOwnerOne() {
    assertThat(administration.owner("svc").isService()).isFalse();
    administration.add(ROOT, "svc", NOTHING);
    assertThat(administration.owner("svc").isService()).isFalse();
    administration.addForService(ROOT, "svc", NOTHING);
    assertThat(administration.owner("svc").isService()).isTrue();
    assertThat(administration.owner("svc").keys()).isEqualTo(2);
    assertThat(evictedOwners).containsExactly("svc");
    assertThat(events)
        .extracting(AuditEvent::details)
        .last()
        .asString()
        .contains("\"service\":true");
    administration.deleteOwner(ROOT, "svc");
    administration.add(ROOT, "svc", NOTHING);
    assertThat(administration.owner("svc").isService()).isFalse();
  }

  @Test
  void disabledOwnerGetsNoKey() {
    IssuedKey made = added("alice", NOTHING);
    assertThat(administration.disableOwner(ROOT, "alice").isDisabled()).isTrue();
    assertThat(administration.disableOwner(ROOT, "alice").keys()).isOne();
    assertRefused(Reason.OWNER_DISABLED, () -> administration.add(ROOT, "alice", NOTHING));
    assertRefused(
        Reason.OWNER_DISABLED, () -> administration.addForService(ROOT, "alice", NOTHING));
    assertThat(administration.owner("alice").isService()).isFalse();
    assertThat(listed(OF_ALICE)).containsExactly(made.key());
    assertThat(events).extracting(AuditEvent::action).containsExactly("owner.disabled");
    assertThat(administration.enableOwner(ROOT, "alice").isDisabled()).isFalse();
    administration.add(ROOT, "alice", NOTHING);
  }

  @Test
  void strangersAreNobody() {
    assertThat(administration.owner("nobody").keys()).isZero();
    assertThat(administration.owner("nobody").isDisabled()).isFalse();
    assertInvalid("owner", () -> administration.owner(""));
  }

  @Test
  void revokesWhatAFilterKeepsAndTellsBefore() {
    IssuedKey first = added("alice", NOTHING);
    clock.advance(Duration.ofMinutes(1));
    IssuedKey second = added("alice", NOTHING);
    IssuedKey other = added("Alice", NOTHING);
    RevokedKeys would = administration.wouldRevoke(OF_ALICE);
    assertThat(would.count()).isEqualTo(2);
    assertThat(would.keys()).containsExactly(second.key(), first.key());
    assertThat(would.hasMore()).isFalse();
    assertThat(events).isEmpty();
    assertThat(listed(OF_ALICE)).hasSize(2);

    RevokedKeys revoked =
        administration.revoke(
            ROOT.withReason("leaked"), OF_ALICE.withCreatedBefore(second.key().createdAt()));
    assertThat(revoked.count()).isOne();
    assertThat(revoked.keys()).containsExactly(first.key());
    assertThat(evicted).containsExactly(((StoredKey) first.key()).hash());
    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.action()).isEqualTo("key.revoked");
              assertThat(event.tag()).isEqualTo(first.key().tag());
              assertThat(event.reason()).isEqualTo("leaked");
            });
    assertThat(listed(KeyFilter.all())).containsExactlyInAnyOrder(second.key(), other.key());
    assertThat(administration.revoke(ROOT, OF_ALICE.withOwner("nobody")).count()).isZero();
  }

  /** A program may name a job by the wrong variable. */
  @Test
  void auditTakesNoKeyForAName() {
    IssuedKey made = added("alice", NOTHING);
    Actor job = Actor.application().withName("job " + made.secret().reveal());
    assertInvalid("actor", () -> administration.delete(job, made.key().tag()));
    assertInvalid("actor", () -> administration.revoke(job, OF_ALICE));
    assertThat(listed(OF_ALICE)).containsExactly(made.key());
    assertThat(events).isEmpty();
  }

  @Test
  void withASuccessorGoesTheKeyInItsGrace() {
    IssuedKey old = added("alice", NOTHING);
    IssuedKey current = administration.reissue(ROOT, old.key().tag(), NOTHING, Duration.ofHours(1));
    RevokedKeys would = administration.wouldRevokeKey(current.secret().reveal());
    assertThat(would.count()).isEqualTo(2);
    assertThat(would.keys()).containsExactly(current.key());
    RevokedKeys revoked = administration.revokeKey(ROOT, current.secret().reveal());
    assertThat(revoked.count()).isEqualTo(2);
    assertThat(revoked.keys()).containsExactly(current.key());
    assertThat(listed(OF_ALICE)).isEmpty();
  }

  @Test
  void emptyFilterIsRefused() {
    IssuedKey made = added("alice", NOTHING);
    assertInvalid("filter", () -> administration.revoke(ROOT, KeyFilter.all()));
    assertInvalid("filter", () -> administration.wouldRevoke(KeyFilter.all()));
    assertInvalid("owner", () -> administration.revoke(ROOT, KeyFilter.all().withOwner("")));
    assertInvalid(
        "ownerPrefix", () -> administration.revoke(ROOT, KeyFilter.all().withOwnerPrefix("")));
    assertInvalid("hint", () -> administration.revoke(ROOT, KeyFilter.all().withHint("%")));
    assertThat(listed(KeyFilter.all())).containsExactly(made.key());
  }

  @Test
  void revokesByTheTextOfAKey() {
    IssuedKey made = added("alice", days(1));
    IssuedKey beside = added("alice", days(1));
    clock.advance(Duration.ofDays(2)); // an expired one, too
    administration.disableOwner(ROOT, "alice");
    String text = made.secret().reveal();
    assertThat(administration.wouldRevokeKey(text).keys()).containsExactly(made.key());
    assertThat(listed(OF_ALICE)).hasSize(2);
    assertThat(administration.revokeKey(ROOT, text).keys()).containsExactly(made.key());
    assertThat(administration.revokeKey(ROOT, text).count()).isZero();
    assertThat(listed(OF_ALICE)).containsExactly(beside.key());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "lk_", "%", "\uD83D", "lk_0000000000000000000000000000000000000000000"})
  void noOtherTextIsAKey(String text) {
    added("alice", NOTHING);
    assertThat(administration.revokeKey(ROOT, text).count()).isZero();
    assertThat(administration.wouldRevokeKey(text).count()).isZero();
    assertThat(listed(KeyFilter.all())).hasSize(1);
  }

  @Test
  void revokesByTheHashOfAKey() {
    IssuedKey made = added("alice", NOTHING);
    String sha256 = HexFormat.of().formatHex(((StoredKey) made.key()).hash().toBytes());
    assertThat(administration.wouldRevokeHash(sha256).count()).isOne();
    assertThat(listed(OF_ALICE)).hasSize(1);
    assertThat(administration.revokeHash(ROOT, sha256.toUpperCase(java.util.Locale.ROOT)).keys())
        .containsExactly(made.key());
    assertThat(administration.revokeHash(ROOT, sha256).count()).isZero();
    for (String wrong : List.of("", "0", sha256.substring(1), sha256 + "00", "x" + sha256)) {
      assertInvalid("sha256", () -> administration.revokeHash(ROOT, wrong));
      assertInvalid("sha256", () -> administration.wouldRevokeHash(wrong));
    }
  }

  /** In as many calls as it takes. */
  @Test
  void revokesTenThousandKeysACall() throws Exception {
    int keys = BulkRevocation.MOST + 700;
    load(keys);
    IssuedKey other = added("alice", NOTHING);
    KeyFilter filter = KeyFilter.all().withOwnerPrefix("bulk-");
    RevokedKeys would = administration.wouldRevoke(filter);
    assertThat(would.count()).isEqualTo(BulkRevocation.MOST);
    assertThat(would.keys()).hasSize(50);
    assertThat(would.hasMore()).isTrue();
    assertThat(events).isEmpty();

    RevokedKeys first = administration.revoke(ROOT, filter);
    assertThat(first.count()).isEqualTo(BulkRevocation.MOST);
    assertThat(first.keys()).hasSize(50);
    assertThat(first.hasMore()).isTrue();
    assertThat(events).hasSize(BulkRevocation.MOST);
    assertThat(evicted).hasSize(BulkRevocation.MOST).doesNotHaveDuplicates();

    RevokedKeys rest = administration.revoke(ROOT, filter);
    assertThat(rest.count()).isEqualTo(700);
    assertThat(rest.hasMore()).isFalse();
    assertThat(administration.revoke(ROOT, filter).count()).isZero();
    assertThat(listed(KeyFilter.all())).containsExactly(other.key());
  }

  private void load(int keys) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO latchkey_key (key_hash, tag, owner, hint, hint_end, description, created_at,
            listed_at, expires_at, slot, changed_at)
          SELECT HASH('SHA-256', X), 'bulk-' || X, 'bulk-' || X, 'lk_…wxyz', 'wxyz', '',
            DATEADD(SECOND, X, TIMESTAMP '2026-01-01 00:00:00'),
            DATEADD(SECOND, X, TIMESTAMP '2026-01-01 00:00:00'), TIMESTAMP '2027-01-01 00:00:00',
            1, TIMESTAMP '2026-01-01 00:00:00'
          FROM SYSTEM_RANGE(1, %d)"""
              .formatted(keys));
    }
  }

  @Test
  void listsAreCheckedAndPaged() {
    for (int i = 0; i < 3; i++) {
      added("alice", NOTHING);
    }
    for (int limit : new int[] {0, -1, 201, Integer.MAX_VALUE}) {
      assertInvalid("limit", () -> administration.list(KeyFilter.all(), PageRequest.of(limit)));
    }
    String next = administration.list(OF_ALICE, PageRequest.of(2)).next().orElseThrow();
    assertThat(administration.list(OF_ALICE, PageRequest.of(9).after(next)).items()).hasSize(1);
    assertInvalid(
        "cursor", () -> administration.list(KeyFilter.all(), PageRequest.of(2).after(next)));
    assertInvalid(
        "expiresBefore",
        () ->
            administration.list(KeyFilter.all().withExpiresBefore(Instant.MAX), PageRequest.of(2)));
  }
}
