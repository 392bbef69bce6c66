package dev.latchkey.internal.store;

import static dev.latchkey.internal.store.Keys.BY;
import static dev.latchkey.internal.store.Keys.LATER;
import static dev.latchkey.internal.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.KeyOperationException;
import dev.latchkey.manage.KeyOperationException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ApiKeyStore} does. */
public abstract class ApiKeyStoreContract {
  private static final int RACERS = 8;

  /** A store; other tests may have left keys of other owners in it. */
  protected abstract ApiKeyStore store();

  /** An owner whom no other test has. */
  protected static String someone() {
    return "owner-" + java.util.UUID.randomUUID();
  }

  private Optional<StoredKey> findByHash(KeyHash hash) {
    return Keys.find(store(), hash).map(KeySnapshot::key);
  }

  private StoredKey added(String owner) {
    StoredKey key = Keys.of(owner);
    assertThat(store().add(key, 1, false, BY).isEmpty()).isFalse();
    return key;
  }

  @Test
  void findsWhatWasAdded() {
    StoredKey key = added(someone());
    assertThat(findByHash(key.hash())).contains(key);
    assertThat(store().find(key.owner(), key.tag())).contains(key);
    assertThat(store().findByOwner(key.owner())).containsExactly(key);
  }

  @Test
  void findsNothingElse() {
    StoredKey key = added(someone());
    assertThat(findByHash(Keys.of("x").hash())).isEmpty();
    assertThat(store().find(someone(), key.tag())).isEmpty();
    assertThat(store().find(key.owner(), "no such tag")).isEmpty();
    assertThat(store().findByOwner(someone())).isEmpty();
  }

  @Test
  void keepsInstantsToTheMicrosecond() {
    StoredKey key =
        Keys.of(
            someone(),
            Instant.parse("2026-03-29T01:30:00.123456Z"), // where a clock in Berlin jumps
            Instant.parse("2038-01-20T00:00:00.654321Z")); // beyond 32 bits of seconds
    store().add(key, 1, false, BY);
    assertThat(findByHash(key.hash())).contains(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "'; DROP TABLE latchkey_key; --",
        "<script>alert(1)</script>",
        "ünïcödé 鍵 🔑👩‍👩‍👧 \\ % _ \" ` ${x}",
        " spaces around "
      })
  void keepsDescriptionsAsTheyAre(String description) {
    StoredKey key = Keys.withDescription(Keys.of(someone()), description);
    store().add(key, 1, false, BY);
    assertThat(store().find(key.owner(), key.tag())).contains(key);
  }

  @Test
  void keepsTwoHundredOfTheLongestCharacters() {
    StoredKey key = Keys.withDescription(Keys.of(someone()), "🔑".repeat(200));
    store().add(key, 1, false, BY);
    assertThat(store().find(key.owner(), key.tag())).contains(key);
  }

  @ParameterizedTest
  @CsvSource({"Alice,alice", "alice,'alice '", "alice,älice", "ß,ss", "'a','ａ'", "e\u0301,é"})
  void ownersCompareByteByByte(String one, String other) {
    String suffix = someone();
    StoredKey first = Keys.of(suffix + one);
    StoredKey second = Keys.of(suffix + other);
    assertThat(store().add(first, 1, false, BY).isEmpty()).isFalse();
    assertThat(store().add(second, 1, false, BY).isEmpty()).isFalse();
    assertThat(store().findByOwner(first.owner())).containsExactly(first);
    assertThat(store().findByOwner(second.owner())).containsExactly(second);
    assertThat(store().find(first.owner(), second.tag())).isEmpty();
  }

  @Test
  void keepsTheLongestOwner() {
    String owner = "🔑".repeat(215) + someone().substring(0, 40);
    StoredKey key = added(owner);
    assertThat(store().findByOwner(owner)).containsExactly(key);
  }

  @Test
  void tagsCompareByteByByte() {
    StoredKey key = added(someone());
    String swapped =
        key.tag().equals(key.tag().toLowerCase(java.util.Locale.ROOT))
            ? key.tag().toUpperCase(java.util.Locale.ROOT)
            : key.tag().toLowerCase(java.util.Locale.ROOT);
    assertThat(store().find(key.owner(), swapped)).isEmpty();
    assertThat(store().find(key.owner(), "é🔑")).isEmpty();
    assertThat(store().delete(key.owner(), "é🔑", BY).hashes()).isEmpty();
    assertThat(store().find(key.owner(), key.tag() + " ")).isEmpty();
    assertThat(store().delete(key.owner(), key.tag() + " ", BY).hashes()).isEmpty();
  }

  @Test
  void anOwnerHasNoMoreKeysThanAllowed() {
    String owner = someone();
    StoredKey first = Keys.of(owner, NOW, LATER);
    StoredKey second = Keys.of(owner, NOW.plusSeconds(1), LATER);
    assertThat(store().add(first, 2, false, BY).isEmpty()).isFalse();
    assertThat(store().add(second, 2, false, BY).isEmpty()).isFalse();
    assertThat(!store().add(Keys.of(owner), 2, false, BY).isEmpty()).isFalse();
    assertThat(!store().add(Keys.of(owner), 1, false, BY).isEmpty()).isFalse();
    assertThat(store().findByOwner(owner)).containsExactly(second, first); // newest first
    store().delete(owner, first.tag(), BY).hashes();
    assertThat(!store().add(Keys.of(owner), 1, false, BY).isEmpty())
        .isFalse(); // the limit was lowered, the slot is free
    assertThat(store().add(Keys.of(owner), 2, false, BY).isEmpty()).isFalse();
  }

  @Test
  void ofRacingAddsOneSucceeds() throws Exception {
    for (int round = 0; round < 20; round++) {
      String owner = someone();
      List<Boolean> results = race(() -> !store().add(Keys.of(owner), 1, false, BY).isEmpty());
      assertThat(results).containsOnlyOnce(true);
      assertThat(store().findByOwner(owner)).hasSize(1);
    }
  }

  @Test
  void ofRacingAddsAsManySucceedAsThereIsRoom() throws Exception {
    for (int round = 0; round < 10; round++) {
      String owner = someone();
      List<Boolean> results = race(() -> !store().add(Keys.of(owner), 3, false, BY).isEmpty());
      assertThat(results.stream().filter(added -> added)).hasSize(3);
      assertThat(store().findByOwner(owner)).hasSize(3);
    }
  }

  @Test
  void aDeletedKeyIsGoneAndMakesRoom() {
    StoredKey key = added(someone());
    assertThat(store().delete(key.owner(), key.tag(), BY).hashes()).containsExactly(key.hash());
    assertThat(findByHash(key.hash())).isEmpty();
    assertThat(store().find(key.owner(), key.tag())).isEmpty();
    assertThat(store().findByOwner(key.owner())).isEmpty();
    assertThat(store().delete(key.owner(), key.tag(), BY).hashes()).isEmpty();
    added(key.owner());
  }

  @Test
  void deletesOnlyTheOwnersKey() {
    StoredKey key = added(someone());
    assertThat(store().delete(someone(), key.tag(), BY).hashes()).isEmpty();
    assertThat(findByHash(key.hash())).contains(key);
  }

  @Test
  void editsDescriptionAndExpiry() {
    StoredKey key = added(someone());
    Instant expiry = LATER.plusSeconds(1);
    assertThat(store().edit(key.owner(), key.tag(), new KeyEdit("words", null), NOW, BY).isEmpty())
        .isFalse();
    StoredKey edited = findByHash(key.hash()).orElseThrow();
    assertThat(edited.description()).isEqualTo("words");
    assertThat(edited.expiresAt()).isEqualTo(LATER);
    assertThat(store().edit(key.owner(), key.tag(), new KeyEdit(null, expiry), NOW, BY).isEmpty())
        .isFalse();
    edited = findByHash(key.hash()).orElseThrow();
    assertThat(edited.description()).isEqualTo("words");
    assertThat(edited.expiresAt()).isEqualTo(expiry);
    assertThat(store().edit(key.owner(), key.tag(), new KeyEdit("", LATER), NOW, BY).isEmpty())
        .isFalse();
    assertThat(findByHash(key.hash())).contains(Keys.withDescription(key, ""));
    assertThat(store().edit(key.owner(), key.tag(), new KeyEdit(null, null), NOW, BY).isEmpty())
        .isFalse();
  }

  @Test
  void editsNoOtherKey() {
    StoredKey key = added(someone());
    KeyEdit edit = new KeyEdit("words", LATER.plusSeconds(1));
    assertThat(!store().edit(someone(), key.tag(), edit, NOW, BY).isEmpty()).isFalse();
    assertThat(!store().edit(key.owner(), "nothing", edit, NOW, BY).isEmpty()).isFalse();
    assertThat(!store().edit(key.owner(), key.tag(), edit, LATER, BY).isEmpty())
        .isFalse(); // expired by then
    assertThat(findByHash(key.hash())).contains(key);
    assertThat(
            store().edit(key.owner(), key.tag(), new KeyEdit("words", null), LATER, BY).isEmpty())
        .isFalse();
  }

  @Test
  void keepsWhatAKeyIsLimitedTo() {
    Set<String> scopes =
        IntStream.range(0, 50)
            .mapToObj(i -> "orders:".repeat(8) + "%08d".formatted(i))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    StoredKey key = Keys.of(someone()).limitedTo(scopes);
    assertThat(store().add(key, 1, false, BY).isEmpty()).isFalse();
    assertThat(findByHash(key.hash())).contains(key);
    assertThat(store().find(key.owner(), key.tag())).contains(key);
    assertThat(store().findByOwner(key.owner()).get(0).scopes()).containsExactlyElementsOf(scopes);
    edit(key, new KeyEdit("words", LATER, new KeyEdit.NewScopes(Set.of("read")), false));
    assertThat(findByHash(key.hash()).orElseThrow().scopes()).containsExactly("read");
    edit(key, new KeyEdit("other words", null));
    assertThat(findByHash(key.hash()).orElseThrow().scopes()).containsExactly("read");
    Instant start = store().now().minusSeconds(60);
    Instant before = changes(start).get(key.hash());
    edit(key, new KeyEdit(null, null, new KeyEdit.NewScopes(null), false));
    assertThat(findByHash(key.hash()).orElseThrow().scopes()).isNull();
    assertThat(findByHash(key.hash()).orElseThrow().description()).isEqualTo("other words");
    assertThat(changes(start).get(key.hash())).as("other nodes are told").isAfter(before);
    KeyEdit late =
        new KeyEdit(null, LATER.plusSeconds(9), new KeyEdit.NewScopes(Set.of("read")), false);
    assertThat(!store().edit(key.owner(), key.tag(), late, LATER, BY).isEmpty())
        .as("all or nothing")
        .isFalse();
    assertThat(findByHash(key.hash()).orElseThrow().scopes()).isNull();
  }

  private void edit(StoredKey key, KeyEdit edit) {
    assertThat(store().edit(key.owner(), key.tag(), edit, NOW, BY).isEmpty()).isFalse();
  }

  @Test
  void aReplacedKeyIsGone() {
    StoredKey old = added(someone());
    StoredKey fresh = Keys.of(old.owner());
    assertThat(store().reissue(old.tag(), fresh, null, BY).hashes())
        .containsExactly(old.hash(), fresh.hash());
    assertThat(findByHash(old.hash())).isEmpty();
    assertThat(store().findByOwner(old.owner())).containsExactly(fresh);
    assertThat(store().reissue(old.tag(), Keys.of(old.owner()), null, BY).hashes()).isEmpty();
    assertThat(store().findByOwner(old.owner())).containsExactly(fresh);
  }

  @Test
  void aKeyReplacedWithGraceStaysBesideItsSuccessor() {
    StoredKey old = added(someone());
    StoredKey fresh = Keys.of(old.owner());
    Instant retiresAt = NOW.plusSeconds(60);
    assertThat(store().reissue(old.tag(), fresh, retiresAt, BY).hashes())
        .containsExactly(old.hash(), fresh.hash());
    assertThat(findByHash(old.hash()).orElseThrow().retiresAt()).isEqualTo(retiresAt);
    assertThat(store().find(old.owner(), old.tag())).isPresent();
    assertThat(store().findByOwner(old.owner())).containsExactly(fresh);
    assertThat(!store().add(Keys.of(old.owner()), 1, false, BY).isEmpty()).isFalse();
    KeyEdit edit = new KeyEdit("words", null);
    assertThat(!store().edit(old.owner(), old.tag(), edit, NOW, BY).isEmpty()).isFalse();
    assertThat(store().reissue(old.tag(), Keys.of(old.owner()), null, BY).hashes()).isEmpty();
  }

  @Test
  void thereIsOnePredecessorAtMost() {
    StoredKey first = added(someone());
    StoredKey second = Keys.of(first.owner());
    StoredKey third = Keys.of(first.owner());
    store().reissue(first.tag(), second, LATER, BY);
    assertThat(store().reissue(second.tag(), third, LATER, BY).hashes())
        .containsExactlyInAnyOrder(first.hash(), second.hash(), third.hash());
    assertThat(findByHash(first.hash())).isEmpty();
    assertThat(findByHash(second.hash())).isPresent();
    assertThat(findByHash(third.hash())).contains(third);
  }

  @Test
  void aPredecessorCanBeDeletedAlone() {
    StoredKey old = added(someone());
    StoredKey fresh = Keys.of(old.owner());
    store().reissue(old.tag(), fresh, LATER, BY);
    assertThat(store().delete(old.owner(), old.tag(), BY).hashes()).containsExactly(old.hash());
    assertThat(findByHash(old.hash())).isEmpty();
    assertThat(findByHash(fresh.hash())).contains(fresh);
  }

  @Test
  void withAKeyDiesItsPredecessor() {
    StoredKey old = added(someone());
    StoredKey fresh = Keys.of(old.owner());
    store().reissue(old.tag(), fresh, LATER, BY);
    assertThat(store().delete(fresh.owner(), fresh.tag(), BY).hashes())
        .containsExactlyInAnyOrder(old.hash(), fresh.hash());
    assertThat(findByHash(old.hash())).isEmpty();
    assertThat(findByHash(fresh.hash())).isEmpty();
  }

  @Test
  void ofRacingReplacementsOneSucceeds() throws Exception {
    for (int round = 0; round < 20; round++) {
      StoredKey old = added(someone());
      Instant retiresAt = round % 2 == 0 ? null : LATER;
      List<List<KeyHash>> results =
          race(() -> store().reissue(old.tag(), Keys.of(old.owner()), retiresAt, BY).hashes());
      assertThat(results.stream().filter(changed -> !changed.isEmpty())).hasSize(1);
      assertThat(store().findByOwner(old.owner())).hasSize(1);
    }
  }

  @Test
  void whenADeleteRacesAReplacementAtMostTheSuccessorIsLeft() throws Exception {
    for (int round = 0; round < 20; round++) {
      StoredKey old = added(someone());
      AtomicInteger turn = new AtomicInteger();
      race(
          () ->
              turn.getAndIncrement() % 2 == 0
                  ? store().delete(old.owner(), old.tag(), BY).hashes()
                  : store().reissue(old.tag(), Keys.of(old.owner()), null, BY).hashes());
      assertThat(findByHash(old.hash())).isEmpty();
      assertThat(store().findByOwner(old.owner())).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void lastUsesAreToldInPages() {
    Instant start = NOW.plusSeconds(1_000_000_000); // no other test's keys are used so late
    List<StoredKey> keys = new ArrayList<>();
    List<KeyUse> uses = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      StoredKey key = Keys.of(someone());
      store().add(key, 1, false, BY);
      keys.add(key);
      uses.add(new KeyUse(key.hash(), start.plusSeconds(i / 3), "192.0.2.1")); // three at a time
    }
    store().add(Keys.of(someone()), 1, false, BY); // never used
    store().recordUses(uses);
    store().delete(keys.get(11).owner(), keys.get(11).tag(), BY);
    store().reissue(keys.get(10).tag(), Keys.of(keys.get(10).owner()), LATER, BY); // in its grace
    List<RecentUse> told = new ArrayList<>();
    RecentUse last = RecentUse.before(start.plusSeconds(1_000));
    List<RecentUse> page;
    do {
      page = store().recentUses(last, 2);
      assertThat(page).hasSizeLessThanOrEqualTo(2);
      told.addAll(page.stream().filter(use -> !use.at().isBefore(start)).toList());
      last = page.get(page.size() - 1);
    } while (!last.at().isBefore(start.plusSeconds(1)));
    assertThat(told)
        .extracting(RecentUse::hash)
        .doesNotHaveDuplicates()
        .startsWith(told.get(0).hash())
        .containsAll(keys.subList(3, 11).stream().map(StoredKey::hash).toList())
        .doesNotContain(keys.get(11).hash());
    assertThat(told).isSortedAccordingTo(Comparator.comparing(RecentUse::at).reversed());
    assertThat(told.subList(0, 2))
        .extracting(RecentUse::hash)
        .containsExactlyInAnyOrder(keys.get(9).hash(), keys.get(10).hash());
  }

  @Test
  void usesAreRecordedForwardOnly() {
    StoredKey key = added(someone());
    store().recordUses(List.of(new KeyUse(key.hash(), NOW.plusSeconds(2), "192.0.2.1")));
    store().recordUses(List.of(new KeyUse(key.hash(), NOW.plusSeconds(1), "192.0.2.2")));
    StoredKey used = findByHash(key.hash()).orElseThrow();
    assertThat(used.lastUsedAt()).isEqualTo(NOW.plusSeconds(2));
    assertThat(used.lastUsedFrom()).isEqualTo("192.0.2.1");
    store().recordUses(List.of(new KeyUse(key.hash(), NOW.plusSeconds(3), "2001:db8::1")));
    used = findByHash(key.hash()).orElseThrow();
    assertThat(used.lastUsedAt()).isEqualTo(NOW.plusSeconds(3));
    assertThat(used.lastUsedFrom()).isEqualTo("2001:db8::1");
  }

  @Test
  void usesAreRecordedInLargeBatches() {
    List<KeyUse> uses = new ArrayList<>();
    List<StoredKey> keys = new ArrayList<>();
    for (int i = 0; i < 1_203; i++) {
      StoredKey key = added(someone());
      keys.add(key);
      uses.add(new KeyUse(key.hash(), NOW, "192.0.2.1"));
    }
    uses.add(new KeyUse(Keys.of(someone()).hash(), NOW, "192.0.2.1"));
    store().recordUses(uses);
    assertThat(keys)
        .allSatisfy(
            key -> assertThat(findByHash(key.hash()).orElseThrow().lastUsedAt()).isEqualTo(NOW));
  }

  @Test
  void manyAreFoundAtOnce() {
    List<StoredKey> keys = new ArrayList<>();
    for (int i = 0; i < ApiKeyStore.MAX_HASHES; i++) {
      keys.add(i % 7 == 0 ? Keys.of("x") : added(someone()));
    }
    for (int count : new int[] {0, 1, 2, 3, 5, 64, 100, ApiKeyStore.MAX_HASHES}) {
      List<StoredKey> asked = keys.subList(0, count);
      Map<KeyHash, KeySnapshot> found =
          store().findByHashes(asked.stream().map(StoredKey::hash).toList());
      assertThat(found.values().stream().map(KeySnapshot::key))
          .containsExactlyInAnyOrderElementsOf(
              asked.stream().filter(key -> !key.owner().equals("x")).toList());
    }
  }

  /** All changes since an instant, read in portions of two. */
  private Map<KeyHash, Instant> changes(Instant since) {
    Map<KeyHash, Instant> changes = new HashMap<>();
    Change last = Change.startOf(since);
    List<Change> page;
    do {
      page = store().changes(last, 2);
      for (Change change : page) {
        assertThat(change.at()).isAfterOrEqualTo(last.at());
        changes.put(change.hash(), change.at());
        last = change;
      }
    } while (page.size() == 2);
    return changes;
  }

  @Test
  void everyChangeThatMattersToACacheIsTold() {
    StoredKey key = Keys.of(someone());
    Instant start = store().now();
    assertThat(changes(start)).doesNotContainKey(key.hash());
    store().add(key, 1, false, BY);
    Instant last = changes(start).get(key.hash());
    assertThat(last).isNotNull();

    store().recordUses(List.of(new KeyUse(key.hash(), NOW, "192.0.2.1")));
    assertThat(changes(start)).containsEntry(key.hash(), last);

    StoredKey fresh = Keys.of(key.owner());
    List<Runnable> changes =
        List.of(
            () -> store().edit(key.owner(), key.tag(), new KeyEdit("words", null), NOW, BY),
            () ->
                store()
                    .edit(key.owner(), key.tag(), new KeyEdit(null, NOW.plusSeconds(9)), NOW, BY),
            () -> store().setOwnerDisabled(key.owner(), true, BY).hashes(),
            () -> store().setOwnerDisabled(key.owner(), false, BY).hashes(),
            () -> store().reissue(key.tag(), fresh, LATER, BY).hashes(),
            () -> store().delete(key.owner(), key.tag(), BY).hashes());
    for (Runnable change : changes) {
      change.run();
      Instant now = changes(start).get(key.hash());
      assertThat(now).isAfter(last);
      Keys.find(store(), key.hash())
          .ifPresent(found -> assertThat(found.changedAt()).isEqualTo(now));
      last = now;
    }
    assertThat(changes(start)).containsKey(fresh.hash());
    assertThat(changes(store().now().plusNanos(1_000))).isEmpty();
  }

  @Test
  void changesOfOneInstantAreToldPortionByPortionToo() {
    Instant start = store().now();
    StoredKey key = Keys.of(someone());
    List<StoredKey> keys = new ArrayList<>(List.of(key));
    store().add(key, 5, false, BY);
    for (int i = 1; i < 5; i++) {
      keys.add(Keys.of(key.owner()));
      store().add(keys.get(i), 5, false, BY);
    }
    store().setOwnerDisabled(key.owner(), true, BY); // all in one statement
    assertThat(changes(start))
        .containsKeys(keys.stream().map(StoredKey::hash).toArray(KeyHash[]::new));
  }

  @Test
  void noKeyOfADisabledOwnerCounts() {
    StoredKey old = added(someone());
    StoredKey other = added(someone());
    StoredKey key = Keys.of(old.owner());
    store().reissue(old.tag(), key, LATER, BY);
    for (int twice = 0; twice < 2; twice++) {
      assertThat(store().setOwnerDisabled(key.owner(), true, BY).hashes())
          .containsExactlyInAnyOrder(old.hash(), key.hash());
      assertThat(Keys.find(store(), key.hash()).orElseThrow().ownerDisabled()).isTrue();
      assertThat(Keys.find(store(), old.hash()).orElseThrow().ownerDisabled()).isTrue();
      assertThat(Keys.find(store(), other.hash()).orElseThrow().ownerDisabled()).isFalse();
    }
    StoredKey later = Keys.of(key.owner());
    assertRefused(() -> store().add(later, 2, false, BY));
    assertRefused(() -> store().addInPlaceOf(key.tag(), later, BY));
    store().reissue(key.tag(), later, LATER, BY);
    assertThat(Keys.find(store(), later.hash()).orElseThrow().ownerDisabled()).isTrue();
    assertThat(store().find(key.owner(), key.tag())).isPresent(); // nothing is lost
    for (int twice = 0; twice < 2; twice++) {
      assertThat(store().setOwnerDisabled(key.owner(), false, BY).hashes())
          .contains(key.hash(), later.hash());
      assertThat(Keys.find(store(), key.hash()).orElseThrow().ownerDisabled()).isFalse();
    }
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KeyOperationException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.OWNER_DISABLED));
  }

  @Test
  void anOwnerWithoutKeysCanBeDisabled() {
    String owner = someone();
    assertThat(store().setOwnerDisabled(owner, true, BY).hashes()).isEmpty();
    assertRefused(() -> store().add(Keys.of(owner), 1, false, BY));
    StoredKey upperCase = added(owner.toUpperCase(java.util.Locale.ROOT)); // somebody else
    assertThat(Keys.find(store(), upperCase.hash()).orElseThrow().ownerDisabled()).isFalse();
  }

  @Test
  void aPurgeForgetsTheLongDeadAndNothingElse() {
    Instant longAgo = Instant.parse("2000-01-01T00:00:00Z");
    StoredKey live = Keys.of(someone(), longAgo, longAgo.plusSeconds(1)); // expired, not deleted
    store().add(live, 1, false, BY);
    StoredKey deleted = added(someone());
    store().delete(deleted.owner(), deleted.tag(), BY);
    assertThat(store().purge(Duration.ofDays(1))).isZero();
    assertThat(store().purge(Duration.ofSeconds(-1))).isPositive();
    assertThat(store().purge(Duration.ofSeconds(-1))).isZero();
    assertThat(findByHash(live.hash())).contains(live);
  }

  /** Its grace is over by one clock, and may not be by another. */
  @Test
  void aPurgeLeavesAPredecessorUntilItsSuccessorIsDeleted() {
    StoredKey old = added(someone());
    StoredKey fresh = Keys.of(old.owner());
    store().reissue(old.tag(), fresh, Instant.parse("2000-01-01T00:00:00Z"), BY);
    store().purge(Duration.ofSeconds(-1));
    assertThat(findByHash(old.hash())).isPresent();
    store().delete(fresh.owner(), fresh.tag(), BY);
    assertThat(store().purge(Duration.ofSeconds(-1))).isEqualTo(2);
  }

  @Test
  void ofADeletedOwnerNoKeyIsLeftAndNothingSet() {
    StoredKey old = added(someone());
    StoredKey key = Keys.of(old.owner());
    store().reissue(old.tag(), key, LATER, BY);
    StoredKey second = Keys.of(old.owner());
    store().add(second, 2, false, BY);
    StoredKey gone = Keys.of(old.owner());
    store().add(gone, 3, false, BY);
    store().delete(gone.owner(), gone.tag(), BY); // a cache may not have heard of it yet
    StoredKey other = added(someone());
    store().setOwnerDisabled(key.owner(), true, BY);
    Instant start = store().now();
    assertThat(store().deleteOwner(key.owner(), BY).hashes())
        .containsExactlyInAnyOrder(old.hash(), key.hash(), second.hash(), gone.hash());
    assertThat(store().findByOwner(key.owner())).isEmpty();
    for (StoredKey dead : List.of(old, key, second)) {
      assertThat(findByHash(dead.hash())).isEmpty();
      assertThat(store().find(dead.owner(), dead.tag())).isEmpty();
    }
    assertThat(changes(start)).containsKeys(old.hash(), key.hash(), second.hash());
    assertThat(findByHash(other.hash())).contains(other);
    StoredKey namesake = added(key.owner());
    assertThat(Keys.find(store(), namesake.hash()).orElseThrow().ownerDisabled()).isFalse();
    for (int twice = 0; twice < 2; twice++) {
      assertThat(store().deleteOwner(key.owner(), BY).hashes())
          .containsExactlyInAnyOrder(
              old.hash(), key.hash(), second.hash(), gone.hash(), namesake.hash());
      assertThat(findByHash(namesake.hash())).isEmpty();
    }
    assertThat(store().deleteOwner(someone(), BY).hashes()).isEmpty();
  }

  /** Which of the two it is, those who race must agree on. */
  @Test
  void aKeyThatIsAddedBesideADeletionIsDeadOrAddedAfterIt() throws Exception {
    for (int round = 0; round < 20; round++) {
      String owner = someone();
      List<StoredKey> before = round % 2 == 0 ? List.of() : List.of(added(owner));
      Queue<KeyHash> toldDead = new ConcurrentLinkedQueue<>();
      Queue<StoredKey> added = new ConcurrentLinkedQueue<>(before);
      AtomicInteger turn = new AtomicInteger();
      race(
          () -> {
            if (turn.getAndIncrement() % 2 == 0) {
              return toldDead.addAll(store().deleteOwner(owner, BY).hashes());
            }
            StoredKey key = Keys.of(owner);
            return !store().add(key, 1, false, BY).isEmpty() && added.add(key);
          });
      assertThat(added.stream().map(StoredKey::hash).filter(hash -> findByHash(hash).isEmpty()))
          .containsExactlyInAnyOrderElementsOf(Set.copyOf(toldDead));
      assertThat(store().findByOwner(owner)).hasSizeLessThanOrEqualTo(1);
      store().deleteOwner(owner, BY);
      assertThat(added).allSatisfy(key -> assertThat(findByHash(key.hash())).isEmpty());
    }
  }

  @Test
  void aKeyThatIsReissuedBesideADeletionIsDead() throws Exception {
    for (int round = 0; round < 20; round++) {
      StoredKey old = added(someone());
      AtomicInteger turn = new AtomicInteger();
      race(
          () ->
              turn.getAndIncrement() % 2 == 0
                  ? store().deleteOwner(old.owner(), BY).hashes()
                  : store().reissue(old.tag(), Keys.of(old.owner()), LATER, BY).hashes());
      assertThat(findByHash(old.hash())).isEmpty();
      assertThat(store().findByOwner(old.owner())).isEmpty();
    }
  }

  @Test
  void anOwnerWhoIsDisabledBesideADeletionIsOneOrTheOther() throws Exception {
    for (int round = 0; round < 20; round++) {
      StoredKey key = added(someone());
      AtomicInteger turn = new AtomicInteger();
      race(
          () ->
              turn.getAndIncrement() % 2 == 0
                  ? store().deleteOwner(key.owner(), BY).hashes()
                  : store().setOwnerDisabled(key.owner(), true, BY).hashes());
      assertThat(findByHash(key.hash())).isEmpty();
    }
  }

  /** Of an owner who comes and goes, too. */
  @Test
  void racersAreNeverToldOfAFailure() throws Exception {
    String owner = someone();
    Runnable delete = () -> store().deleteOwner(owner, BY).hashes();
    Runnable add = () -> store().add(Keys.of(owner), 3, false, BY);
    Runnable reissue =
        () ->
            store()
                .findByOwner(owner)
                .forEach(key -> store().reissue(key.tag(), Keys.of(owner), LATER, BY));
    List<Runnable> roles = List.of(delete, add, delete, add, delete, reissue, delete, add);
    AtomicInteger turn = new AtomicInteger();
    race(
        () -> {
          Runnable role = roles.get(turn.getAndIncrement() % roles.size());
          for (int i = 0; i < 200; i++) {
            role.run();
          }
          return true;
        });
    store().deleteOwner(owner, BY);
    assertThat(store().findByOwner(owner)).isEmpty();
  }

  /** What every racer got, all having started at once. */
  protected static <T> List<T> race(Callable<T> racer) throws Exception {
    CyclicBarrier start = new CyclicBarrier(RACERS);
    ExecutorService threads = Executors.newFixedThreadPool(RACERS);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < RACERS; i++) {
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return racer.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void serviceIsOneUntilItIsRemoved() {
    StoredKey key = Keys.of("svc-removed");
    assertThat(store().removeServiceOwner("svc-removed")).as("a stranger").isEmpty();
    store().addServiceOwner("svc-removed");
    store().add(key, 1, false, BY);
    store().setOwnerDisabled("svc-removed", true, BY);
    Change before = Change.startOf(store().now().minusSeconds(60));
    assertThat(store().removeServiceOwner("svc-removed")).containsExactly(key.hash());
    assertThat(store().changes(before, 10_000)).extracting(Change::hash).contains(key.hash());
    KeySnapshot found = Keys.find(store(), key.hash()).orElseThrow();
    assertThat(found.ownerIsService()).isFalse();
    assertThat(found.ownerDisabled()).as("stays so").isTrue();
    store().deleteOwner("svc-removed", BY);
  }

  @Test
  void serviceIsOneUntilItIsDeleted() {
    StoredKey key = Keys.of("svc-nightly");
    assertThat(store().addServiceOwner("svc-nightly")).as("no key yet").isEmpty();
    store().add(key, 1, false, BY);
    assertThat(Keys.find(store(), key.hash()).orElseThrow().ownerIsService()).isTrue();
    Change before = Change.startOf(store().now().minusSeconds(60));
    assertThat(store().addServiceOwner("svc-nightly")).containsExactly(key.hash());
    assertThat(store().changes(before, 10_000)).extracting(Change::hash).contains(key.hash());
    store().setOwnerDisabled("svc-nightly", true, BY);
    store().setOwnerDisabled("svc-nightly", false, BY);
    assertThat(Keys.find(store(), key.hash()).orElseThrow().ownerIsService()).isTrue();
    store().deleteOwner("svc-nightly", BY);
    StoredKey next = Keys.of("svc-nightly");
    store().add(next, 1, false, BY);
    assertThat(Keys.find(store(), next.hash()).orElseThrow().ownerIsService()).isFalse();
    store().deleteOwner("svc-nightly", BY);
  }

  private static List<String> told(Changed changed) {
    return changed.events().stream()
        .map(event -> event.action() + " " + event.tag() + " by " + event.actorType())
        .toList();
  }

  /** What they say besides is for those who keep them. */
  @Test
  void changesTellWhatTheyDid() {
    StoredKey first = Keys.of(someone());
    String owner = first.owner();
    assertThat(told(store().add(first, 1, false, BY)))
        .containsExactly("key.added " + first.tag() + " by application");
    assertThat(told(store().add(Keys.of(owner), 1, false, BY))).isEmpty();
    KeyEdit edit = new KeyEdit("words", null);
    Actor admin = Actor.administrator("root");
    assertThat(told(store().edit(owner, first.tag(), edit, NOW, admin)))
        .containsExactly("key.edited " + first.tag() + " by administrator");
    assertThat(told(store().edit(owner, first.tag(), edit, NOW, admin))).isEmpty();
    StoredKey second = Keys.of(owner);
    StoredKey third = Keys.of(owner);
    assertThat(told(store().reissue(first.tag(), second, LATER, Actor.user(owner))))
        .containsExactly("key.reissued " + first.tag() + " by user");
    assertThat(told(store().reissue(second.tag(), third, LATER, Actor.user(owner))))
        .containsExactly(
            "key.deleted " + first.tag() + " by user", "key.reissued " + second.tag() + " by user");
    assertThat(told(store().delete(someone(), third.tag(), BY))).isEmpty();
    assertThat(told(store().delete(owner, third.tag(), Actor.holder())))
        .containsExactly(
            "key.deleted " + second.tag() + " by holder",
            "key.deleted " + third.tag() + " by holder");
    assertThat(told(store().delete(owner, third.tag(), BY))).isEmpty();
    StoredKey fourth = Keys.of(owner);
    StoredKey fifth = Keys.of(owner);
    store().add(fourth, 1, false, BY);
    assertThat(told(store().addInPlaceOf(fourth.tag(), fifth, BY)))
        .containsExactly(
            "key.deleted " + fourth.tag() + " by application",
            "key.added " + fifth.tag() + " by application");
    for (boolean disabled : new boolean[] {true, false}) {
      assertThat(told(store().setOwnerDisabled(owner, disabled, BY)))
          .containsExactly(
              (disabled ? "owner.disabled" : "owner.enabled") + " null by application");
      assertThat(told(store().setOwnerDisabled(owner, disabled, BY))).isEmpty();
    }
    assertThat(told(store().deleteOwner(owner, BY)))
        .containsExactly(
            "key.revoked " + fifth.tag() + " by application", "owner.deleted null by application");
    assertThat(told(store().deleteOwner(owner, BY))).isEmpty();
    assertThat(told(store().deleteOwner(someone(), BY))).isEmpty();
  }
}
