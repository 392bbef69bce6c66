package dev.latchkey.internal.store;

import static dev.latchkey.internal.store.Keys.BY;
import static dev.latchkey.internal.store.Keys.LATER;
import static dev.latchkey.internal.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.manage.AuditEvent;
import dev.latchkey.manage.EventFilter;
import dev.latchkey.manage.KeyFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every {@link AdministrationStore} does, compared with a model that knows no database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AdministrationStoreContract {
  private static final long SEED = 16;
  private static final int SIZE = 1_200;
  private static final int MOST = 200;

  private ApiKeyStore store;
  private KeyPopulation population;

  /** A store that is empty at first. */
  protected abstract ApiKeyStore emptyStore();

  /** Makes the row of a key in it one that cannot be read. */
  protected abstract void spoil(StoredKey key) throws Exception;

  @BeforeAll
  void populate() {
    store = emptyStore();
    population = new KeyPopulation(store, SEED);
    population.grow(SIZE);
    population.deleteOwner("deleted");
    population.grow(SIZE / 10); // the name is given again
  }

  @AfterAll
  void close() {
    store.close();
  }

  private AdministrationStore lists() {
    return store.administration();
  }

  private List<StoredKey> keys(KeyFilter filter, int limit) {
    List<StoredKey> found = new ArrayList<>();
    Position place = Position.LAST;
    while (place != null) {
      Slice<StoredKey> slice = lists().keys(filter, place, limit, NOW);
      assertThat(slice.items()).hasSizeLessThanOrEqualTo(limit);
      assertThat(slice.next()).isNotEqualTo(place);
      found.addAll(slice.items());
      place = slice.next();
    }
    return found;
  }

  /** A part of a filter, and what it keeps, said once more. */
  private record Part(
      BiFunction<KeyFilter, Object, KeyFilter> with,
      List<Object> values,
      BiFunction<StoredKey, Object, Boolean> keeps) {}

  private static boolean isBefore(Instant one, Object other) {
    return one.compareTo((Instant) other) < 0;
  }

  private static Instant earlier(Instant one, Instant other) {
    return other == null || one.compareTo(other) < 0 ? one : other;
  }

  private Map<String, Part> parts() {
    Instant used =
        population.listed(NOW).stream()
            .filter(key -> key.lastUsedAt() != null)
            .findFirst()
            .orElseThrow()
            .lastUsedAt();
    List<Object> instants =
        List.of(
            NOW,
            NOW.plusNanos(1), // more precise than any row
            NOW.minus(Duration.ofDays(9)).plusNanos(1),
            NOW.minus(Duration.ofDays(9)),
            population.anyKey().createdAt(),
            population.anyKey().expiresAt(),
            used,
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("9999-12-31T23:59:59Z"));
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put(
        "owner",
        new Part(
            (filter, value) -> filter.withOwner((String) value),
            List.copyOf(KeyPopulation.OWNERS),
            (key, value) -> key.owner().equals(value)));
    parts.put(
        "ownerPrefix",
        new Part(
            (filter, value) -> filter.withOwnerPrefix((String) value),
            List.of("a", "al", "al_", "al%", "al\\", "%", "e", "é", "🔑", "alice", "none"),
            (key, value) -> key.owner().startsWith((String) value)));
    parts.put(
        "status",
        new Part(
            (filter, value) -> filter.withStatus((KeyFilter.Status) value),
            List.of(KeyFilter.Status.ACTIVE, KeyFilter.Status.EXPIRED),
            (key, value) ->
                (value == KeyFilter.Status.EXPIRED)
                    == (earlier(key.expiresAt(), key.retiresAt()).compareTo(NOW) <= 0)));
    parts.put(
        "tag",
        new Part(
            (filter, value) -> filter.withTag((String) value),
            List.of(
                population.listed(NOW).get(0).tag(), // one that is there, whatever chance picks
                population.anyKey().tag(),
                population.goneTag(),
                "%",
                "'; --"),
            (key, value) -> key.tag().equals(value)));
    parts.put(
        "hint",
        new Part(
            (filter, value) -> filter.withHint((String) value),
            List.of("aB1c", "ab1c", "AB1C", "lk_…aB1c", "old_…aB1c", "é…aB1c", "0000", "zzzz"),
            (key, value) ->
                ((String) value).length() == 4
                    ? key.hint().endsWith((String) value)
                    : key.hint().equals(value)));
    parts.put(
        "unusedSince",
        new Part(
            (filter, value) -> filter.withUnusedSince((Instant) value),
            instants,
            (key, value) ->
                isBefore(key.createdAt(), value)
                    && (key.lastUsedAt() == null || isBefore(key.lastUsedAt(), value))));
    parts.put(
        "expiresBefore",
        new Part(
            (filter, value) -> filter.withExpiresBefore((Instant) value),
            instants,
            (key, value) -> isBefore(earlier(key.expiresAt(), key.retiresAt()), value)));
    parts.put(
        "createdBefore",
        new Part(
            (filter, value) -> filter.withCreatedBefore((Instant) value),
            instants,
            (key, value) -> isBefore(key.createdAt(), value)));
    return parts;
  }

  private void assertListed(KeyFilter filter, int limit, Predicate<StoredKey> keeps) {
    assertThat(keys(filter, limit))
        .as(filter.toString())
        .containsExactlyElementsOf(population.listed(NOW).stream().filter(keeps).toList());
  }

  @Test
  void listsAllThatIsThereNewestFirst() {
    assertThat(population.listed(NOW)).hasSizeGreaterThan(SIZE / 2);
    assertListed(KeyFilter.all(), MOST, key -> true);
  }

  @Test
  void eachFilterKeepsWhatItSays() {
    parts()
        .forEach(
            (name, part) -> {
              Set<Integer> counts = new HashSet<>();
              for (Object value : part.values()) {
                KeyFilter filter = part.with().apply(KeyFilter.all(), value);
                assertListed(filter, MOST, key -> part.keeps().apply(key, value));
                counts.add(keys(filter, MOST).size());
              }
              assertThat(counts).as(name + " makes a difference").hasSizeGreaterThan(1);
            });
  }

  @Test
  void filtersTogetherKeepWhatEachKeeps() {
    List<Part> parts = List.copyOf(parts().values());
    for (Part one : parts) {
      for (Part other : parts) {
        for (int i = 0; i < 4 && one != other; i++) {
          Object value = population.any(one.values());
          Object otherValue = population.any(other.values());
          assertListed(
              other.with().apply(one.with().apply(KeyFilter.all(), value), otherValue),
              1 + population.random().nextInt(MOST),
              key -> one.keeps().apply(key, value) && other.keeps().apply(key, otherValue));
        }
      }
    }
  }

  @Test
  void pagesOfEverySizeHoldEachKeyOnce() {
    KeyFilter ofOwner = KeyFilter.all().withOwner("🔑");
    KeyFilter ofHint = KeyFilter.all().withHint("aB1c");
    KeyFilter ofSome = ofOwner.withStatus(KeyFilter.Status.ACTIVE);
    for (int limit = 1; limit <= MOST; limit++) {
      assertListed(ofOwner, limit, key -> key.owner().equals("🔑"));
      assertListed(ofHint, limit, key -> key.hint().endsWith("aB1c"));
      assertThat(keys(ofSome, limit)).isEqualTo(keys(ofSome, MOST));
    }
    for (int limit : new int[] {7, 50, 199}) {
      assertListed(KeyFilter.all(), limit, key -> true);
    }
  }

  @Test
  void keysThatStayAreListedOnceWhileOthersComeAndGo() {
    try (ApiKeyStore own = emptyStore()) {
      KeyPopulation others = new KeyPopulation(own, SEED + 1);
      others.grow(400);
      for (KeyFilter filter : List.of(KeyFilter.all(), KeyFilter.all().withOwner("%"))) {
        for (int limit : new int[] {1, 3, 50}) {
          Set<StoredKey> stayed = new HashSet<>(others.listed(NOW));
          stayed.removeIf(key -> !key.owner().equals(filter.owner().orElse(key.owner())));
          Set<StoredKey> was = new HashSet<>(stayed);
          List<StoredKey> found = new ArrayList<>();
          Position place = Position.LAST;
          while (place != null) {
            Slice<StoredKey> slice = own.administration().keys(filter, place, limit, NOW);
            found.addAll(slice.items());
            place = slice.next();
            if (others.random().nextInt(4) == 0) {
              was.add(others.add(filter.owner().orElse("é")));
              others.delete(others.any(others.listed(NOW)));
              stayed.retainAll(others.listed(NOW));
            }
          }
          assertThat(found).doesNotHaveDuplicates().containsAll(stayed);
          assertThat(was).containsAll(found);
          assertThat(found)
              .isSortedAccordingTo(
                  Comparator.comparing(StoredKey::createdAt)
                      .thenComparing(StoredKey::tag)
                      .reversed());
        }
      }
    }
  }

  @Test
  void findsByTagWhatIsNotDeleted() {
    for (int i = 0; i < 50; i++) {
      StoredKey key = population.anyKey();
      assertThat(lists().find(key.tag())).contains(key);
      assertThat(lists().find(population.goneTag())).isEmpty();
    }
    assertThat(lists().find("é🔑")).isEmpty();
  }

  /** A run of them, longer than a page, ends no list. */
  @Test
  void rowsThatCannotBeReadAreLeftOut() throws Exception {
    String owner = "spoilt";
    List<StoredKey> readable = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      StoredKey key = Keys.of(owner, NOW.minusSeconds(i), LATER);
      store.add(key, 12, false, BY);
      if (i == 0 || i > 2 && i < 9) {
        spoil(key);
      } else {
        readable.add(key);
      }
    }
    for (int limit = 1; limit < 14; limit++) {
      assertThat(keys(KeyFilter.all().withOwner(owner), limit)).isEqualTo(readable);
      assertThat(keys(KeyFilter.all().withOwner(owner).withCreatedBefore(LATER), limit))
          .isEqualTo(readable);
    }
    store.deleteOwner(owner, BY);
  }

  @Test
  void anOwnerIsWhatWasMadeOfIt() {
    String owner = "Zoë%";
    assertThat(lists().owner(owner)).isEqualTo(new OwnerState(owner, false, false, 0));
    StoredKey key = Keys.of(owner);
    store.add(key, 3, true, BY);
    StoredKey next = Keys.of(owner);
    store.reissue(key.tag(), next, store.now().plus(Duration.ofDays(1)), BY);
    assertThat(lists().owner(owner)).isEqualTo(new OwnerState(owner, false, true, 2));
    store.setOwnerDisabled(owner, true, BY);
    StoredKey third = Keys.of(owner);
    store.reissue(next.tag(), third, store.now().minus(Duration.ofDays(1)), BY);
    assertThat(lists().owner(owner)).isEqualTo(new OwnerState(owner, true, true, 1));
    assertThat(lists().owner("zoë%")).isEqualTo(new OwnerState("zoë%", false, false, 0));
    store.deleteOwner(owner, BY);
    assertThat(lists().owner(owner)).isEqualTo(new OwnerState(owner, false, false, 0));
  }

  @Test
  void revokesKeysWithTheirPredecessorsAndNoOthers() {
    String owner = "revoked";
    StoredKey old = Keys.of(owner);
    StoredKey current = Keys.of(owner);
    StoredKey deleted = Keys.of(owner);
    StoredKey beside = Keys.of(owner);
    store.add(old, 9, false, BY);
    store.reissue(old.tag(), current, LATER, BY);
    store.add(deleted, 9, false, BY);
    store.delete(owner, deleted.tag(), BY);
    store.add(beside, 9, false, BY);
    List<KeyHash> asked =
        List.of(current.hash(), deleted.hash(), current.hash(), Keys.of("x").hash());
    assertThat(lists().predecessors(asked)).isEqualTo(Map.of(current.hash(), old.hash()));
    assertThat(lists().predecessors(List.of(old.hash(), beside.hash()))).isEmpty();
    Changed changed = lists().revoke(asked, "test", BY);
    assertThat(changed.hashes()).containsExactlyInAnyOrder(current.hash(), old.hash());
    assertThat(changed.events())
        .extracting(AuditEvent::tag)
        .containsExactlyInAnyOrder(current.tag(), old.tag());
    assertThat(changed.events())
        .allSatisfy(
            event -> {
              assertThat(event.action()).isEqualTo(StoredEvent.KEY_REVOKED);
              assertThat(event.details()).contains("\"test\"");
            });
    assertThat(keys(KeyFilter.all().withOwner(owner), MOST)).containsExactly(beside);
    assertThat(lists().revoke(asked, "test", BY).isEmpty()).isTrue();
    assertThat(lists().revoke(List.of(), "test", BY).isEmpty()).isTrue();
    store.deleteOwner(owner, BY);
  }

  private List<StoredEvent> events(EventFilter filter, boolean oldestFirst, int limit) {
    List<StoredEvent> found = new ArrayList<>();
    Position place = oldestFirst ? Position.FIRST : Position.LAST;
    while (place != null) {
      Slice<StoredEvent> slice = lists().events(filter, place, oldestFirst, limit);
      assertThat(slice.items()).hasSizeLessThanOrEqualTo(limit);
      assertThat(slice.next()).isNotEqualTo(place);
      found.addAll(slice.items());
      place = slice.next();
    }
    return found;
  }

  private void assertEvents(EventFilter filter, int limit, Predicate<StoredEvent> keeps) {
    Set<String> known = new HashSet<>(population.events().stream().map(StoredEvent::id).toList());
    List<StoredEvent> expected = new ArrayList<>(population.events());
    expected.removeIf(keeps.negate());
    List<StoredEvent> newest = events(filter, false, limit);
    newest.removeIf(event -> !known.contains(event.id())); // of other tests
    assertThat(newest).as(filter.toString()).containsExactlyElementsOf(expected);
    Collections.reverse(expected);
    List<StoredEvent> oldest = events(filter, true, limit);
    oldest.removeIf(event -> !known.contains(event.id()));
    assertThat(oldest).as(filter.toString()).containsExactlyElementsOf(expected);
  }

  private StoredEvent anyEvent() {
    return population.any(population.events());
  }

  @Test
  void eachFilterOfEventsKeepsWhatItSays() {
    assertEvents(EventFilter.all(), MOST, event -> true);
    for (int i = 0; i < 20; i++) {
      int limit = 1 + population.random().nextInt(MOST);
      StoredEvent some = anyEvent();
      assertEvents(
          EventFilter.all().withOwner(some.owner()),
          limit,
          event -> event.owner().equals(some.owner()));
      String tag = population.anyKey().tag();
      assertEvents(EventFilter.all().withTag(tag), 1 + limit % 3, event -> isOf(tag, event));
      Instant since = anyEvent().at().plusNanos(i % 2); // more precise than any row
      Instant until = anyEvent().at().plusNanos(i % 2);
      assertEvents(
          EventFilter.all().withSince(since).withUntil(until),
          limit,
          event -> event.at().compareTo(since) >= 0 && event.at().compareTo(until) < 0);
      assertEvents(
          EventFilter.all().withAction(some.action()).withUntil(until),
          MOST,
          event -> event.action().equals(some.action()) && event.at().compareTo(until) < 0);
    }
    for (String actor : List.of("alice", "Alice", "ALICE", "%")) {
      assertEvents(EventFilter.all().withActor(actor), MOST, event -> actor.equals(event.actor()));
    }
  }

  private static boolean isOf(String tag, StoredEvent event) {
    return tag.equals(event.tag()) || event.details().contains("\"newTag\":\"" + tag + "\"");
  }

  @Test
  void reissueIsFoundByEitherTag() {
    List<StoredEvent> reissues =
        population.events().stream()
            .filter(event -> event.action().equals(StoredEvent.KEY_REISSUED))
            .limit(20)
            .toList();
    assertThat(reissues).hasSize(20);
    for (StoredEvent reissue : reissues) {
      String newTag = reissue.details().replaceFirst(".*\"newTag\":\"(\\w+)\".*", "$1");
      for (String tag : List.of(reissue.tag(), newTag)) {
        assertEvents(EventFilter.all().withTag(tag), 1, event -> isOf(tag, event));
        assertThat(events(EventFilter.all().withTag(tag), false, MOST)).contains(reissue);
      }
    }
  }

  @Test
  void pagesOfEventsOfEverySizeHoldEachOnce() {
    assertThat(
            population.events().stream()
                .filter(event -> event.owner().equals("deleted"))
                .map(StoredEvent::at)
                .distinct())
        .as("many at one instant")
        .hasSizeLessThan(
            (int)
                population.events().stream()
                    .filter(event -> event.owner().equals("deleted"))
                    .count());
    for (int limit : IntStream.rangeClosed(1, MOST).filter(i -> i < 20 || i % 19 == 0).toArray()) {
      assertEvents(
          EventFilter.all().withOwner("deleted"), limit, event -> event.owner().equals("deleted"));
    }
  }

  @Test
  void theLastDeletionOfAnOwnerIsFound() {
    Optional<Position> deletion =
        population.events().stream()
            .filter(event -> event.action().equals(StoredEvent.OWNER_DELETED))
            .map(StoredEvent::position)
            .findFirst();
    assertThat(deletion).isPresent();
    assertThat(lists().lastDeletion("deleted")).isEqualTo(deletion);
    assertThat(lists().lastDeletion("Deleted")).isEmpty();
    assertThat(lists().lastDeletion("alice")).isEmpty();
  }
}
