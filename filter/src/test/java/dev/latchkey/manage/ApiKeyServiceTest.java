package dev.latchkey.manage;

import static dev.latchkey.internal.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.key.KeyHasher;
import dev.latchkey.internal.key.KeyParser;
import dev.latchkey.internal.store.InMemoryApiKeyStore;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.manage.RefusedException.Reason;
import dev.latchkey.test.MutableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyServiceTest {
  private static final Login ALICE = new Login("alice", null);
  private static final Login BOB = new Login("bob", null);
  private static final Login SAML = new Login("alice", NOW.plusSeconds(3_600));

  private static final Validity UNCHANGED = Validity.UNSPECIFIED;

  private final InMemoryApiKeyStore store = new InMemoryApiKeyStore();
  private final MutableClock clock = new MutableClock(NOW.plusMillis(500));
  private final List<KeyHash> evicted = new ArrayList<>();
  private final KeyHasher hasher = new KeyHasher();
  private final ApiKeyService service = service(KeyPolicy.DEFAULT);

  private ApiKeyService service(KeyPolicy policy) {
    return new ApiKeyService(
        store,
        new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom()),
        hasher,
        new KeyParser(KeyFormat.DEFAULT, hasher),
        policy,
        clock,
        evicted::add);
  }

  private NewKey added() {
    NewKey made = service.add(ALICE, "nightly export", new Validity(30, null));
    evicted.clear();
    return made;
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static void assertInvalid(String field, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  @Test
  void anAddedKeyIsTheOwnersAndKeptByItsHashAlone() {
    NewKey made = service.add(ALICE, "nightly export", new Validity(30, null));
    StoredKey key = made.key();
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
    assertThat(service.add(ALICE, "", Validity.UNSPECIFIED).key().expiresAt())
        .isEqualTo(NOW.plus(Duration.ofDays(90)));
    Instant expiry = NOW.plusSeconds(1);
    assertThat(service.add(BOB, "", new Validity(null, expiry.plusNanos(5))).key().expiresAt())
        .isEqualTo(expiry);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 366, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void otherNumbersOfDaysAreRefused(int days) {
    assertInvalid("expiresInDays", () -> service.add(ALICE, "", new Validity(days, null)));
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
    assertInvalid("expiresAt", () -> service.add(ALICE, "", new Validity(null, instant)));
  }

  @Test
  void theLongestValidityIsAllowedBothWays() {
    Instant latest = NOW.plus(Duration.ofDays(365));
    assertThat(service.add(ALICE, "", new Validity(365, null)).key().expiresAt()).isEqualTo(latest);
    assertThat(service.add(BOB, "", new Validity(null, latest)).key().expiresAt())
        .isEqualTo(latest);
    assertInvalid("expiresAt", () -> new Validity(1, latest));
  }

  @Test
  void thereIsOneKeyAUser() {
    added();
    assertRefused(Reason.KEY_LIMIT_REACHED, () -> service.add(ALICE, "", Validity.UNSPECIFIED));
    service.add(BOB, "", Validity.UNSPECIFIED);
  }

  @Test
  void orAsManyAsThePolicySays() {
    ApiKeyService two = service(new KeyPolicy(2, 1, 1));
    two.add(ALICE, "", Validity.UNSPECIFIED);
    two.add(ALICE, "", Validity.UNSPECIFIED);
    assertRefused(Reason.KEY_LIMIT_REACHED, () -> two.add(ALICE, "", Validity.UNSPECIFIED));
  }

  @Test
  void anExpiredKeyIsDeletedOrReissuedBeforeANewOne() {
    StoredKey old = added().key();
    clock.advance(Duration.ofDays(30));
    assertRefused(Reason.EXPIRED_KEY_EXISTS, () -> service.add(ALICE, "", Validity.UNSPECIFIED));
    NewKey reissued = service.reissue(ALICE, old.tag(), Validity.UNSPECIFIED, Duration.ZERO);
    service.delete(ALICE, reissued.key().tag());
    service.add(ALICE, "", Validity.UNSPECIFIED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "\u0000", "\u007f", "\u0085", "tab\t"})
  void controlCharactersAreRefused(String description) {
    assertInvalid("description", () -> service.add(ALICE, description, Validity.UNSPECIFIED));
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
    NewKey made = added();
    String text = made.secret().reveal();
    String holding = description.formatted(text);
    assertInvalid("description", () -> service.edit(ALICE, made.key().tag(), holding, UNCHANGED));
    assertInvalid("description", () -> service.add(ALICE, holding, UNCHANGED));
    assertThatThrownBy(() -> service.add(ALICE, holding, UNCHANGED)).hasMessageNotContaining(text);
    String mistyped =
        text.substring(0, 20) + (text.charAt(20) == 'a' ? 'b' : 'a') + text.substring(21);
    service.edit(ALICE, made.key().tag(), description.formatted(mistyped), UNCHANGED);
    service.edit(ALICE, made.key().tag(), description.formatted(text.substring(0, 40)), UNCHANGED);
  }

  @Test
  void descriptionsHaveTwoHundredCharactersAtMost() {
    assertInvalid("description", () -> service.add(ALICE, "🔑".repeat(201), Validity.UNSPECIFIED));
    assertInvalid("description", () -> service.add(ALICE, "\ud83d", Validity.UNSPECIFIED));
    service.add(ALICE, "🔑".repeat(200), Validity.UNSPECIFIED);
  }

  @Test
  void impossibleOwnersAreRefused() {
    assertInvalid("owner", () -> service.list(new Login("", null)));
    assertInvalid("owner", () -> service.list(new Login("x".repeat(256), null)));
    assertInvalid("owner", () -> service.list(new Login("\ud83d", null)));
    service.list(new Login("🔑".repeat(255), null));
  }

  @Test
  void nobodySeesOrChangesAnothersKey() {
    String tag = added().key().tag();
    assertRefused(Reason.NO_SUCH_KEY, () -> service.get(BOB, tag));
    assertRefused(Reason.NO_SUCH_KEY, () -> service.edit(BOB, tag, "x", Validity.UNSPECIFIED));
    assertRefused(
        Reason.NO_SUCH_KEY, () -> service.reissue(BOB, tag, Validity.UNSPECIFIED, Duration.ZERO));
    assertRefused(Reason.NO_SUCH_KEY, () -> service.delete(BOB, tag));
    assertThat(evicted).isEmpty();
  }

  @Test
  void editsAreSeenAndEvicted() {
    StoredKey key = added().key();
    StoredKey edited = service.edit(ALICE, key.tag(), "words", new Validity(1, null));
    assertThat(edited.description()).isEqualTo("words");
    assertThat(edited.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));
    assertThat(evicted).containsExactly(key.hash());
    edited = service.edit(ALICE, key.tag(), null, Validity.UNSPECIFIED);
    assertThat(edited.description()).isEqualTo("words");
    assertInvalid(
        "expiresInDays", () -> service.edit(ALICE, key.tag(), null, new Validity(366, null)));
    assertInvalid("description", () -> service.edit(ALICE, key.tag(), "\n", Validity.UNSPECIFIED));
  }

  @Test
  void anExpiredKeyKeepsItsExpiry() {
    StoredKey key = added().key();
    clock.advance(Duration.ofDays(30));
    assertRefused(
        Reason.KEY_EXPIRED, () -> service.edit(ALICE, key.tag(), null, new Validity(1, null)));
    assertThat(service.edit(ALICE, key.tag(), "old", Validity.UNSPECIFIED).description())
        .isEqualTo("old");
  }

  @Test
  void aReissuedKeyIsANewOneWithTheOldDescription() {
    NewKey old = added();
    NewKey fresh = service.reissue(ALICE, old.key().tag(), new Validity(7, null), Duration.ZERO);
    assertThat(fresh.secret()).isNotEqualTo(old.secret());
    assertThat(fresh.key().tag()).isNotEqualTo(old.key().tag());
    assertThat(fresh.key().description()).isEqualTo("nightly export");
    assertThat(fresh.key().expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(7)));
    assertThat(service.list(ALICE)).containsExactly(fresh.key());
    assertThat(Keys.find(store, old.key().hash())).isEmpty();
    assertThat(evicted).containsExactly(old.key().hash());
    assertRefused(
        Reason.NO_SUCH_KEY,
        () -> service.reissue(ALICE, old.key().tag(), Validity.UNSPECIFIED, Duration.ZERO));
  }

  @Test
  void withGraceTheOldKeyIsSeenUntilItIsOver() {
    StoredKey old = added().key();
    service.reissue(ALICE, old.tag(), Validity.UNSPECIFIED, Duration.ofHours(1));
    assertThat(evicted).containsExactly(old.hash());
    assertThat(service.get(ALICE, old.tag()).retiresAt())
        .isEqualTo(clock.instant().plus(Duration.ofHours(1)));
    assertRefused(
        Reason.NO_SUCH_KEY, () -> service.edit(ALICE, old.tag(), "x", Validity.UNSPECIFIED));
    clock.advance(Duration.ofHours(1));
    assertRefused(Reason.NO_SUCH_KEY, () -> service.get(ALICE, old.tag()));
  }

  @Test
  void anExpiredKeyHasNoGrace() {
    StoredKey old = added().key();
    clock.advance(Duration.ofDays(30));
    service.reissue(ALICE, old.tag(), Validity.UNSPECIFIED, Duration.ofHours(1));
    assertThat(Keys.find(store, old.hash())).isEmpty();
  }

  @Test
  void aLoginsEndBoundsItsKeys() {
    NewKey made = service.add(SAML, "words", Validity.UNSPECIFIED);
    assertThat(made.key().expiresAt()).isEqualTo(SAML.endsAt());
    String tag = made.key().tag();
    Validity chosen = new Validity(1, null);
    assertRefused(Reason.EXPIRY_SET_BY_SESSION, () -> service.add(SAML, "", chosen));
    assertRefused(Reason.EXPIRY_SET_BY_SESSION, () -> service.edit(SAML, tag, "", chosen));
    assertRefused(
        Reason.EXPIRY_SET_BY_SESSION, () -> service.reissue(SAML, tag, chosen, Duration.ZERO));
    assertThat(service.edit(SAML, tag, "new words", Validity.UNSPECIFIED).description())
        .isEqualTo("new words");
  }

  @Test
  void whereALoginBoundsKeysAddingReplacesAnExpiredOne() {
    StoredKey old = service.add(SAML, "old", Validity.UNSPECIFIED).key();
    assertRefused(Reason.KEY_LIMIT_REACHED, () -> service.add(SAML, "", Validity.UNSPECIFIED));
    clock.advance(Duration.ofHours(1));
    evicted.clear();
    Login again = new Login("alice", NOW.plusSeconds(7_200));
    StoredKey fresh = service.add(again, "new", Validity.UNSPECIFIED).key();
    assertThat(service.list(again)).containsExactly(fresh);
    assertThat(fresh.description()).isEqualTo("new");
    assertThat(evicted).contains(old.hash());
  }

  @Test
  void anEndedLoginAddsNothing() {
    clock.advance(Duration.ofHours(1));
    assertRefused(Reason.SESSION_ENDED, () -> service.add(SAML, "", Validity.UNSPECIFIED));
  }

  @Test
  void aLoginWithoutEndInSightIsStillBoundByThePolicy() {
    Login forever = new Login("alice", Instant.MAX);
    assertThat(service.add(forever, "", Validity.UNSPECIFIED).key().expiresAt())
        .isEqualTo(NOW.plus(Duration.ofDays(365)));
  }

  @Test
  void anOutageIsNoRefusal() {
    store.setDown(true);
    assertThatThrownBy(() -> service.list(ALICE)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> service.add(ALICE, "", Validity.UNSPECIFIED))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> service.delete(ALICE, "x")).isInstanceOf(StoreException.class);
  }
}
