package dev.latchkey.internal.store.jdbc;

import static dev.latchkey.internal.store.Keys.LATER;
import static dev.latchkey.internal.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Changed;
import dev.latchkey.internal.store.KeyEdit;
import dev.latchkey.internal.store.KeyEdit.NewScopes;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.Position;
import dev.latchkey.internal.store.Slice;
import dev.latchkey.internal.store.StoredEvent;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.AuditEvent;
import dev.latchkey.manage.EventFilter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is kept of each change, on whatever database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AuditContract {
  private static final Actor ADMIN =
      Actor.administrator("root").withAddress("2001:db8::7").withReason("left the 🏢");

  private HikariDataSource pool;
  private ApiKeyStore store;

  /** Where a database is that is empty at first. */
  abstract JdbcSettings emptyDatabase();

  @BeforeAll
  void open() {
    pool = JdbcApiKeyStoreContract.pool(emptyDatabase());
    store = JdbcStores.open(JdbcApiKeyStoreContract.settings(pool, true));
  }

  @AfterAll
  void close() {
    store.close();
    pool.close();
  }

  private static String someone() {
    return "owner-" + UUID.randomUUID();
  }

  private List<StoredEvent> events(EventFilter filter) {
    List<StoredEvent> events = new ArrayList<>();
    Position place = Position.FIRST;
    while (place != null) {
      Slice<StoredEvent> slice = store.administration().events(filter, place, true, 7);
      events.addAll(slice.items());
      place = slice.next();
    }
    return events;
  }

  private List<StoredEvent> events(String owner) {
    return events(EventFilter.all().withOwner(owner));
  }

  /** Says what was kept of a change, and that this is what was told. */
  private List<String> kept(Changed changed) {
    List<String> kept = new ArrayList<>();
    for (AuditEvent event : changed.events()) {
      assertThat(events(event.owner())).contains((StoredEvent) event);
      kept.add(said((StoredEvent) event));
    }
    return kept;
  }

  private static String said(StoredEvent event) {
    return "%s %s/%s %s from %s because %s: %s"
        .formatted(
            event.action(),
            event.actorType(),
            event.actor(),
            event.tag(),
            event.from(),
            event.reason(),
            event.details());
  }

  private static String byAdmin(String action, StoredKey key, String details) {
    return "%s administrator/root %s from 2001:db8::7 because left the 🏢: %s"
        .formatted(action, key == null ? null : key.tag(), details.replace('\'', '"'));
  }

  private StoredKey added(String owner, int maxKeys) {
    StoredKey key = Keys.of(owner);
    assertThat(store.add(key, maxKeys, false, ADMIN).events()).hasSize(1);
    return key;
  }

  @Test
  void newKeySaysItsExpiryAndScopes() {
    StoredKey plain = Keys.of(someone());
    StoredKey limited = Keys.of(someone()).limitedTo(Set.of("read"));
    StoredKey service = Keys.of(someone());
    assertThat(kept(store.add(plain, 1, false, ADMIN)))
        .containsExactly(
            byAdmin("key.added", plain, "{'expiresAt':'2026-11-24T04:00:00Z','scopes':null}"));
    assertThat(kept(store.add(limited, 1, false, ADMIN)))
        .containsExactly(
            byAdmin(
                "key.added", limited, "{'expiresAt':'2026-11-24T04:00:00Z','scopes':['read']}"));
    assertThat(kept(store.add(service, 1, true, ADMIN)))
        .containsExactly(
            byAdmin(
                "key.added",
                service,
                "{'expiresAt':'2026-11-24T04:00:00Z','scopes':null,'service':true}"));
  }

  @Test
  void whoActsIsKeptAsTheyAre() {
    for (Actor by :
        List.of(
            Actor.user("älice 🔑 "),
            Actor.holder().withAddress("192.0.2.1"),
            Actor.application(),
            Actor.application().withName("nightly"))) {
      String owner = someone();
      StoredKey key = Keys.of(owner);
      store.add(key, 1, false, by);
      StoredEvent event = events(owner).get(0);
      assertThat(event.actor()).isEqualTo(by.name().orElse(null));
      assertThat(event.actorType()).isEqualTo(by.type().toString());
      assertThat(event.from()).isEqualTo(by.address().orElse(null));
      assertThat(event.reason()).isNull();
      assertThat(event.owner()).isEqualTo(owner);
    }
  }

  /** To what the checks of input let through. */
  @Test
  void longestValuesAreKept() {
    String owner = "🔑".repeat(215) + someone().substring(0, 40);
    Actor by =
        Actor.administrator("🏢".repeat(255))
            .withAddress("a".repeat(64))
            .withReason("🔑".repeat(200));
    StoredKey key = Keys.withDescription(Keys.of(owner), "\"".repeat(200));
    store.add(key, 1, false, by);
    store.edit(owner, key.tag(), new KeyEdit("\\".repeat(200), null), NOW, by);
    assertThat(events(owner))
        .hasSize(2)
        .allSatisfy(
            event -> {
              assertThat(event.owner()).isEqualTo(owner);
              assertThat(event.actor()).isEqualTo(by.name().orElseThrow());
              assertThat(event.from()).isEqualTo(by.address().orElseThrow());
              assertThat(event.reason()).isEqualTo(by.reason().orElseThrow());
            });
    assertThat(events(owner).get(1).details()).contains("\\\"".repeat(200), "\\\\".repeat(200));
  }

  @Test
  void editSaysOldAndNewOfWhatIsDifferent() {
    StoredKey key = added(someone(), 1);
    KeyEdit all =
        new KeyEdit(
            "a \"b\"\\", LATER.minusSeconds(1), new NewScopes(Set.of("orders:read")), false);
    assertThat(kept(edit(key, all)))
        .containsExactly(
            byAdmin(
                "key.edited",
                key,
                "{'old':{'description':'nightly export','expiresAt':'2026-11-24T04:00:00Z',"
                    + "'scopes':null},'new':{'description':'a \\'b\\'\\\\',"
                    + "'expiresAt':'2026-11-24T03:59:59Z','scopes':['orders:read']}}"));
    assertThat(edit(key, all).events()).isEmpty();
    assertThat(kept(edit(key, new KeyEdit("", null))))
        .containsExactly(
            byAdmin(
                "key.edited",
                key,
                "{'old':{'description':'a \\'b\\'\\\\'},'new':{'description':''}}"));
    assertThat(edit(key, new KeyEdit(null, null)).events()).isEmpty();
    assertThat(events(key.owner())).hasSize(3);
  }

  private Changed edit(StoredKey key, KeyEdit edit) {
    return store.edit(key.owner(), key.tag(), edit, NOW, ADMIN);
  }

  @Test
  void reissueIsOneEventThatEitherTagFinds() {
    StoredKey old = added(someone(), 1);
    StoredKey fresh = Keys.of(old.owner());
    StoredKey last = Keys.of(old.owner()).limitedTo(Set.of("read"));
    List<String> first = kept(store.reissue(old.tag(), fresh, LATER, ADMIN));
    assertThat(first)
        .containsExactly(
            byAdmin(
                "key.reissued",
                old,
                "{'newTag':'"
                    + fresh.tag()
                    + "','expiresAt':'2026-11-24T04:00:00Z','scopes':null,"
                    + "'oldWorksUntil':'2026-11-24T04:00:00Z'}"));
    List<String> second = kept(store.reissue(fresh.tag(), last, null, ADMIN));
    assertThat(second)
        .containsExactly(
            byAdmin("key.deleted", old, "{}"),
            byAdmin(
                "key.reissued",
                fresh,
                "{'newTag':'"
                    + last.tag()
                    + "','expiresAt':'2026-11-24T04:00:00Z','scopes':['read'],"
                    + "'oldWorksUntil':null}"));
    assertThat(saidOf(old)).hasSize(3).contains(first.get(0), second.get(0));
    assertThat(saidOf(fresh)).containsExactly(first.get(0), second.get(1));
    assertThat(saidOf(last)).containsExactly(second.get(1));
  }

  private List<String> saidOf(StoredKey key) {
    return events(EventFilter.all().withTag(key.tag())).stream().map(AuditContract::said).toList();
  }

  @Test
  void deletedKeySaysSoOnce() {
    StoredKey key = added(someone(), 1);
    assertThat(store.delete(someone(), key.tag(), ADMIN).events()).isEmpty();
    assertThat(kept(store.delete(key.owner(), key.tag(), ADMIN)))
        .containsExactly(byAdmin("key.deleted", key, "{}"));
    assertThat(store.delete(key.owner(), key.tag(), ADMIN).events()).isEmpty();
    assertThat(events(key.owner())).hasSize(2);
  }

  @Test
  void revocationOfManyIsOneEventAKey() {
    String one = someone();
    String other = someone();
    List<StoredKey> keys = new ArrayList<>();
    for (String owner : List.of(one, one, other)) {
      keys.add(added(owner, 2));
    }
    StoredKey successor = Keys.of(other);
    store.reissue(keys.get(2).tag(), successor, LATER, ADMIN);
    List<KeyHash> asked =
        List.of(keys.get(0).hash(), keys.get(1).hash(), successor.hash(), Keys.of("x").hash());
    Changed changed = store.administration().revoke(asked, "filter", ADMIN);
    assertThat(kept(changed))
        .containsExactlyInAnyOrder(
            byAdmin("key.revoked", keys.get(0), "{'how':'filter'}"),
            byAdmin("key.revoked", keys.get(1), "{'how':'filter'}"),
            byAdmin("key.revoked", keys.get(2), "{'how':'filter'}"),
            byAdmin("key.revoked", successor, "{'how':'filter'}"));
    assertThat(store.administration().revoke(asked, "filter", ADMIN).events()).isEmpty();
    assertThat(store.administration().revoke(List.of(), "filter", ADMIN).events()).isEmpty();
  }

  @Test
  void ownerIsDisabledAndEnabledOnce() {
    String owner = someone();
    assertThat(store.setOwnerDisabled(owner, false, ADMIN).events()).isEmpty();
    assertThat(kept(store.setOwnerDisabled(owner, true, ADMIN)))
        .containsExactly(byAdmin("owner.disabled", null, "{}"));
    assertThat(store.setOwnerDisabled(owner, true, ADMIN).events()).isEmpty();
    assertThat(kept(store.setOwnerDisabled(owner, false, ADMIN)))
        .containsExactly(byAdmin("owner.enabled", null, "{}"));
    assertThat(store.setOwnerDisabled(owner, false, ADMIN).events()).isEmpty();
    assertThat(events(owner)).hasSize(2);
  }

  /** With more keys than there are digits, so that ids as text keep the order. */
  @Test
  void deletedOwnerComesAfterEachKeyAndTiesGoById() {
    String owner = someone();
    List<StoredKey> keys = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      keys.add(added(owner, 40));
    }
    StoredKey gone = keys.remove(0);
    store.delete(owner, gone.tag(), ADMIN);
    int before = events(owner).size();
    Changed deleted = store.deleteOwner(owner, ADMIN);
    List<String> kept = kept(deleted);
    assertThat(kept.subList(0, 39))
        .containsExactlyInAnyOrderElementsOf(
            keys.stream()
                .map(key -> byAdmin("key.revoked", key, "{'how':'owner.deleted'}"))
                .toList());
    assertThat(kept.subList(39, 40)).containsExactly(byAdmin("owner.deleted", null, "{}"));
    assertThat(deleted.events())
        .extracting(AuditEvent::at)
        .containsOnly(deleted.events().get(0).at());
    assertThat(deleted.events())
        .extracting(AuditEvent::id)
        .isSorted()
        .doesNotHaveDuplicates()
        .allMatch(id -> id.length() == 16);
    List<StoredEvent> oldestFirst = events(owner);
    assertThat(oldestFirst.subList(before, before + 40)).isEqualTo(deleted.events());
    assertThat(oldestFirst)
        .isSortedAccordingTo(Comparator.comparing(StoredEvent::at).thenComparing(StoredEvent::id));
    assertThat(store.deleteOwner(owner, ADMIN).events()).isEmpty();
    assertThat(store.deleteOwner(someone(), ADMIN).events()).isEmpty();
    assertThat(events(owner)).hasSize(before + 40);
  }

  /** Not by the clock of a node, nor in its time zone; and to the microsecond. */
  @Test
  void eventsAreDatedByTheDatabasesClock() {
    Instant before = store.now();
    StoredKey key = added(someone(), 1);
    Instant after = store.now();
    Instant at = events(key.owner()).get(0).at();
    assertThat(at).isBetween(before, after);
    assertThat(at.getNano() % 1_000).isZero();
  }

  @Test
  void noColumnHoldsASecretOrAHash() throws Exception {
    StoredKey key = added(someone(), 1);
    StoredKey fresh = Keys.of(key.owner());
    store.reissue(key.tag(), fresh, LATER, ADMIN);
    store.administration().revoke(List.of(fresh.hash()), "sha256", ADMIN);
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT * FROM latchkey_event WHERE owner = ?")) {
      statement.setString(1, key.owner());
      ResultSet row = statement.executeQuery();
      int rows = 0;
      while (row.next()) {
        rows++;
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
          String value = String.valueOf(row.getObject(column));
          for (StoredKey each : List.of(key, fresh)) {
            byte[] hash = each.hash().toBytes();
            assertThat(value)
                .doesNotContainIgnoringCase(HexFormat.of().formatHex(hash, 0, 8))
                .doesNotContain(Base64.getEncoder().encodeToString(hash).substring(0, 10))
                .doesNotContain(each.hint());
          }
        }
      }
      assertThat(rows).isEqualTo(4);
    }
  }

  private void age(String owner, Duration age) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      JdbcApiKeyStoreContract.session(connection)
          .update(
              "UPDATE latchkey_event SET event_at = ? WHERE owner = ?",
              store.now().minus(age),
              owner);
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
    }
  }

  /** In portions, of which there are several here. */
  @Test
  void purgeTakesWhatIsOlderByTheDatabasesClock() throws Exception {
    String old = someone();
    List<KeyHash> many = IntStream.range(0, 512).mapToObj(i -> added(old, 512).hash()).toList();
    store.administration().revoke(many, "filter", ADMIN);
    String younger = someone();
    added(younger, 1);
    age(old, Duration.ofDays(900).plusMinutes(1));
    age(younger, Duration.ofDays(900).minusMinutes(1));
    assertThat(store.administration().purgeEvents(Duration.ofDays(901))).isZero();
    assertThat(store.administration().purgeEvents(Duration.ofDays(900))).isEqualTo(1024);
    assertThat(events(old)).isEmpty();
    assertThat(events(younger)).hasSize(1);
  }
}
