package dev.latchkey.internal.manage;

import static dev.latchkey.internal.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.key.KeyHasher;
import dev.latchkey.internal.key.KeyParser;
import dev.latchkey.internal.scope.Scopes;
import dev.latchkey.internal.store.AdministrationStore;
import dev.latchkey.internal.store.InMemoryApiKeyStore;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.manage.ApiKey;
import dev.latchkey.manage.AuditEvent;
import dev.latchkey.manage.InvalidValueException;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyOperationException;
import dev.latchkey.manage.KeyOperationException.Reason;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.manage.Validity;
import dev.latchkey.test.MutableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

class StoreApiKeyServiceTest {
  private static final KeyOwner ALICE = KeyOwner.of("alice");
  private static final KeyOwner BOB = KeyOwner.of("bob");
  private static final KeyOwner SAML =
      KeyOwner.of("alice").withLoginEndingAt(NOW.plusSeconds(3_600));

  private final InMemoryApiKeyStore store = new InMemoryApiKeyStore();
  private final Map<String, Set<String>> roles =
      new HashMap<>(Map.of("alice", Set.of("user"), "bob", Set.of("admin")));
  private final MutableClock clock = new MutableClock(NOW.plusMillis(500));
  private final List<KeyHash> evicted = new ArrayList<>();
  private final List<AuditEvent> events = new ArrayList<>();
  private final KeyHasher hasher = new KeyHasher();
  private final StoreApiKeyService service = service(KeyLimits.DEFAULT);

  private StoreApiKeyService service(KeyLimits policy) {
    KeyChanges keys =
        new KeyChanges(
            store,
            new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom()),
            hasher,
            new KeyParser(KeyFormat.DEFAULT, hasher),
            policy,
            new ScopeGrants(
                Scopes.of(
                    List.of(
                        "read = Read only", "orders:write = Change orders", "admin = Everything"),
                    List.of(),
                    List.of("admin = admin")),
                roles::get),
            clock,
            new Aftermath(evicted::add, owner -> {}, events::add));
    return new StoreApiKeyService(keys, new EventLists(Mockito.mock(AdministrationStore.class)));
  }

  @Test
  void scopesAreCheckedWhereverTheyAreAskedFor() {
    KeyRequest wrong = KeyRequest.create().withScopes(List.of("read", "raed"));
    assertInvalid("scopes", () -> service.add(ALICE, wrong));
    IssuedKey made = added();
    assertInvalid("scopes", () -> service.edit(ALICE, made.key().tag(), wrong));
    assertInvalid("scopes", () -> service.reissue(ALICE, made.key().tag(), wrong, Duration.ZERO));
    KeyRequest admin = KeyRequest.create().withScopes(List.of("admin"));
    assertInvalid("scopes", () -> service.edit(ALICE, made.key().tag(), admin));
    assertThat(service.add(BOB, admin).key().scopes()).containsExactly("admin");
    assertThat(stored(made).scopes()).isNull();
    service.edit(
        ALICE, made.key().tag(), KeyRequest.create().withScopes(List.of("orders:write", "read")));
    assertThat(service.get(ALICE, made.key().tag()).scopes())
        .containsExactly("orders:write", "read");
  }

  private IssuedKey added() {
    IssuedKey made =
        service.add(
            ALICE,
            KeyRequest.create()
                .withDescription("nightly export")
                .withValidity(Validity.ofDays(30)));
    evicted.clear();
    return made;
  }

  private static StoredKey stored(IssuedKey made) {
    return (StoredKey) made.key();
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

  @Test
  void anAddedKeyIsTheOwnersAndKeptByItsHashAlone() {
    IssuedKey made =
        service.add(
            ALICE,
            KeyRequest.create()
                .withDescription("nightly export")
                .withValidity(Validity.ofDays(30)));
    StoredKey key = stored(made);
    assertThat(key.owner()).isEqualTo("alice");
    assertThat(key.description()).isEqualTo("nightly export");
    assertThat(key.createdAt()).isEqualTo(NOW);
    assertThat(key.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(30)));
    assertThat(key.hash()).isEqualTo(hasher.hash(made.secret()));
    assertThat(key.hint()).isEqualTo(made.secret().hint());
    assertThat(service.list(ALICE)).containsExactly(key);
    assertThat(service.list(BOB)).isEmpty();
    assertThat(evicted).containsExactly(key.hash()); // a remembered "unknown" is cleared
  }

  @Test
  void validityMayBeLeftOpenOrBeAnInstant() {
    assertThat(service.add(ALICE, KeyRequest.create()).key().expiresAt())
        .isEqualTo(NOW.plus(Duration.ofDays(90)));
    Instant expiry = NOW.plusSeconds(1);
    assertThat(
            service
                .add(BOB, KeyRequest.create().withValidity(Validity.until(expiry.plusNanos(5))))
                .key()
                .expiresAt())
        .isEqualTo(expiry);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 366, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void otherNumbersOfDaysAreRefused(int days) {
    assertInvalid(
        "expiresInDays",
        () -> service.add(ALICE, KeyRequest.create().withValidity(Validity.ofDays(days))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-23T04:00:00Z",
        "2026-11-23T03:59:59Z",
        "2027-11-23T04:00:01Z",
        "-1000000000-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59Z"
      })
  void otherInstantsAreRefused(String until) {
    Instant instant = Instant.parse(until);
    assertInvalid(
        "expiresAt",
        () -> service.add(ALICE, KeyRequest.create().withValidity(Validity.until(instant))));
  }

  @Test
  void theLongestValidityIsAllowedBothWays() {
    Instant latest = NOW.plus(Duration.ofDays(365));
    assertThat(
            service
                .add(ALICE, KeyRequest.create().withValidity(Validity.ofDays(365)))
                .key()
                .expiresAt())
        .isEqualTo(latest);
    assertThat(
            service
                .add(BOB, KeyRequest.create().withValidity(Validity.until(latest)))
                .key()
                .expiresAt())
        .isEqualTo(latest);
  }

  @Test
  void thereIsOneKeyAUser() {
    added();
    assertRefused(Reason.KEY_LIMIT_REACHED, () -> service.add(ALICE, KeyRequest.create()));
    service.add(BOB, KeyRequest.create());
  }

  @Test
  void orAsManyAsThePolicySays() {
    StoreApiKeyService two = service(new KeyLimits(2, 1, 1));
    two.add(ALICE, KeyRequest.create());
    two.add(ALICE, KeyRequest.create());
    assertRefused(Reason.KEY_LIMIT_REACHED, () -> two.add(ALICE, KeyRequest.create()));
  }

  @Test
  void anExpiredKeyIsDeletedOrReissuedBeforeANewOne() {
    StoredKey old = stored(added());
    clock.advance(Duration.ofDays(30));
    assertRefused(Reason.EXPIRED_KEY_EXISTS, () -> service.add(ALICE, KeyRequest.create()));
    IssuedKey reissued = service.reissue(ALICE, old.tag(), KeyRequest.create(), Duration.ZERO);
    service.delete(ALICE, reissued.key().tag());
    service.add(ALICE, KeyRequest.create());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "\u0000", "\u007f", "\u0085", "tab\t"})
  void controlCharactersAreRefused(String description) {
    assertInvalid(
        "description", () -> service.add(ALICE, KeyRequest.create().withDescription(description)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "for %s",
        "%s.",
        "key=%s&x=y",
        "lk_%s",
        "\u201c%s\u201d \ud83d\ude00",
        "lk_ lk_a%slk_"
      })
  void descriptionsHoldNoKey(String description) {
    IssuedKey made = added();
    String text = made.secret().reveal();
    String holding = description.formatted(text);
    assertInvalid(
        "description",
        () -> service.edit(ALICE, made.key().tag(), KeyRequest.create().withDescription(holding)));
    assertInvalid(
        "description", () -> service.add(ALICE, KeyRequest.create().withDescription(holding)));
    assertThatThrownBy(() -> service.add(ALICE, KeyRequest.create().withDescription(holding)))
        .hasMessageNotContaining(text);
    String mistyped =
        text.substring(0, 20) + (text.charAt(20) == 'a' ? 'b' : 'a') + text.substring(21);
    service.edit(
        ALICE,
        made.key().tag(),
        KeyRequest.create().withDescription(description.formatted(mistyped)));
    service.edit(
        ALICE,
        made.key().tag(),
        KeyRequest.create().withDescription(description.formatted(text.substring(0, 40))));
  }

  @Test
  void descriptionsHaveTwoHundredCharactersAtMost() {
    assertInvalid(
        "description",
        () -> service.add(ALICE, KeyRequest.create().withDescription("🔑".repeat(201))));
    assertInvalid(
        "description", () -> service.add(ALICE, KeyRequest.create().withDescription("\ud83d")));
    service.add(ALICE, KeyRequest.create().withDescription("🔑".repeat(200)));
  }

  @Test
  void impossibleOwnersAreRefused() {
    assertInvalid("owner", () -> service.list(KeyOwner.of("")));
    assertInvalid("owner", () -> service.list(KeyOwner.of("x".repeat(256))));
    assertInvalid("owner", () -> service.list(KeyOwner.of("\ud83d")));
    service.list(KeyOwner.of("🔑".repeat(255)));
  }

  @Test
  void nobodySeesOrChangesAnothersKey() {
    String tag = added().key().tag();
    assertRefused(Reason.NO_SUCH_KEY, () -> service.get(BOB, tag));
    assertRefused(
        Reason.NO_SUCH_KEY, () -> service.edit(BOB, tag, KeyRequest.create().withDescription("x")));
    assertRefused(
        Reason.NO_SUCH_KEY, () -> service.reissue(BOB, tag, KeyRequest.create(), Duration.ZERO));
    assertRefused(Reason.NO_SUCH_KEY, () -> service.delete(BOB, tag));
    assertThat(evicted).isEmpty();
  }

  @Test
  void editsAreSeenAndEvicted() {
    StoredKey key = stored(added());
    ApiKey edited =
        service.edit(
            ALICE,
            key.tag(),
            KeyRequest.create().withDescription("words").withValidity(Validity.ofDays(1)));
    assertThat(edited.description()).isEqualTo("words");
    assertThat(edited.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));
    assertThat(evicted).containsExactly(key.hash());
    edited = service.edit(ALICE, key.tag(), KeyRequest.create());
    assertThat(edited.description()).isEqualTo("words");
    assertInvalid(
        "expiresInDays",
        () ->
            service.edit(ALICE, key.tag(), KeyRequest.create().withValidity(Validity.ofDays(366))));
    assertInvalid(
        "description",
        () -> service.edit(ALICE, key.tag(), KeyRequest.create().withDescription("\n")));
  }

  @Test
  void anExpiredKeyKeepsItsExpiry() {
    StoredKey key = stored(added());
    clock.advance(Duration.ofDays(30));
    assertRefused(
        Reason.KEY_EXPIRED,
        () -> service.edit(ALICE, key.tag(), KeyRequest.create().withValidity(Validity.ofDays(1))));
    assertThat(
            service
                .edit(ALICE, key.tag(), KeyRequest.create().withDescription("old"))
                .description())
        .isEqualTo("old");
  }

  @Test
  void aReissuedKeyIsANewOneWithTheOldDescription() {
    IssuedKey old = added();
    IssuedKey fresh =
        service.reissue(
            ALICE,
            old.key().tag(),
            KeyRequest.create().withValidity(Validity.ofDays(7)),
            Duration.ZERO);
    assertThat(fresh.secret()).isNotEqualTo(old.secret());
    assertThat(fresh.key().tag()).isNotEqualTo(old.key().tag());
    assertThat(fresh.key().description()).isEqualTo("nightly export");
    assertThat(fresh.key().expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(7)));
    assertThat(service.list(ALICE)).containsExactly(fresh.key());
    assertThat(Keys.find(store, stored(old).hash())).isEmpty();
    assertThat(evicted).containsExactly(stored(old).hash(), stored(fresh).hash());
    assertRefused(
        Reason.NO_SUCH_KEY,
        () -> service.reissue(ALICE, old.key().tag(), KeyRequest.create(), Duration.ZERO));
  }

  @Test
  void withGraceTheOldKeyIsSeenUntilItIsOver() {
    StoredKey old = stored(added());
    service.reissue(ALICE, old.tag(), KeyRequest.create(), Duration.ofHours(1));
    assertThat(evicted).contains(old.hash()).hasSize(2);
    assertThat(service.get(ALICE, old.tag()).retiresAt())
        .isEqualTo(clock.instant().plus(Duration.ofHours(1)));
    assertRefused(
        Reason.NO_SUCH_KEY,
        () -> service.edit(ALICE, old.tag(), KeyRequest.create().withDescription("x")));
    clock.advance(Duration.ofHours(1));
    assertRefused(Reason.NO_SUCH_KEY, () -> service.get(ALICE, old.tag()));
  }

  @Test
  void anExpiredKeyHasNoGrace() {
    StoredKey old = stored(added());
    clock.advance(Duration.ofDays(30));
    service.reissue(ALICE, old.tag(), KeyRequest.create(), Duration.ofHours(1));
    assertThat(Keys.find(store, old.hash())).isEmpty();
  }

  @Test
  void aLoginsEndBoundsItsKeys() {
    IssuedKey made = service.add(SAML, KeyRequest.create().withDescription("words"));
    assertThat(made.key().expiresAt()).isEqualTo(NOW.plusSeconds(3_600));
    String tag = made.key().tag();
    Validity chosen = Validity.ofDays(1);
    assertRefused(
        Reason.EXPIRY_SET_BY_SESSION,
        () -> service.add(SAML, KeyRequest.create().withValidity(chosen)));
    assertRefused(
        Reason.EXPIRY_SET_BY_SESSION,
        () ->
            service.edit(SAML, tag, KeyRequest.create().withDescription("").withValidity(chosen)));
    assertRefused(
        Reason.EXPIRY_SET_BY_SESSION,
        () -> service.reissue(SAML, tag, KeyRequest.create().withValidity(chosen), Duration.ZERO));
    assertThat(
            service.edit(SAML, tag, KeyRequest.create().withDescription("new words")).description())
        .isEqualTo("new words");
  }

  @Test
  void whereALoginBoundsKeysAddingReplacesAnExpiredOne() {
    StoredKey old = stored(service.add(SAML, KeyRequest.create().withDescription("old")));
    assertRefused(Reason.KEY_LIMIT_REACHED, () -> service.add(SAML, KeyRequest.create()));
    clock.advance(Duration.ofHours(1));
    evicted.clear();
    KeyOwner again = KeyOwner.of("alice").withLoginEndingAt(NOW.plusSeconds(7_200));
    ApiKey fresh = service.add(again, KeyRequest.create().withDescription("new")).key();
    assertThat(service.list(again)).containsExactly(fresh);
    assertThat(fresh.description()).isEqualTo("new");
    assertThat(evicted).contains(old.hash());
  }

  @Test
  void anEndedLoginAddsNothing() {
    clock.advance(Duration.ofHours(1));
    assertRefused(Reason.SESSION_ENDED, () -> service.add(SAML, KeyRequest.create()));
  }

  @Test
  void aLoginWithoutEndInSightIsStillBoundByThePolicy() {
    KeyOwner forever = KeyOwner.of("alice").withLoginEndingAt(Instant.MAX);
    assertThat(service.add(forever, KeyRequest.create()).key().expiresAt())
        .isEqualTo(NOW.plus(Duration.ofDays(365)));
  }

  @Test
  void anOutageIsNoRefusal() {
    store.setDown(true);
    assertThatThrownBy(() -> service.list(ALICE)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> service.add(ALICE, KeyRequest.create()))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> service.delete(ALICE, "x")).isInstanceOf(StoreException.class);
  }

  private List<String> told() {
    List<String> told =
        events.stream()
            .map(
                e ->
                    "%s by %s %s from %s".formatted(e.action(), e.actorType(), e.actor(), e.from()))
            .toList();
    events.clear();
    return told;
  }

  @Test
  void eachChangeTellsWhoMadeItAndFromWhere() {
    KeyOwner here = ALICE.withAddress("192.0.2.1");
    String by = " by user alice from 192.0.2.1";
    String tag = service.add(here, KeyRequest.create()).key().tag();
    assertThat(told()).containsExactly("key.added" + by);
    service.edit(here, tag, KeyRequest.create().withDescription("words"));
    assertThat(told()).containsExactly("key.edited" + by);
    String next = service.reissue(here, tag, KeyRequest.create(), Duration.ZERO).key().tag();
    assertThat(told()).containsExactly("key.reissued" + by);
    service.delete(ALICE, next);
    assertThat(told()).containsExactly("key.deleted by user alice from null");
  }

  @Test
  void whatChangesNothingTellsNothing() {
    StoredKey key = stored(added());
    events.clear();
    KeyRequest same = KeyRequest.create().withDescription("nightly export");
    service.edit(ALICE, key.tag(), same);
    service.edit(
        ALICE, key.tag(), KeyRequest.create().withValidity(Validity.until(key.expiresAt())));
    service.edit(ALICE, key.tag(), KeyRequest.create());
    assertRefused(Reason.NO_SUCH_KEY, () -> service.delete(BOB, key.tag()));
    assertRefused(Reason.NO_SUCH_KEY, () -> service.edit(BOB, key.tag(), same));
    assertRefused(Reason.KEY_LIMIT_REACHED, () -> service.add(ALICE, KeyRequest.create()));
    assertInvalid(
        "description",
        () -> service.add(BOB, KeyRequest.create().withDescription(Keys.secret().reveal())));
    store.setDown(true);
    assertThatThrownBy(() -> service.delete(ALICE, key.tag())).isInstanceOf(StoreException.class);
    assertThat(told()).isEmpty();
  }
}
