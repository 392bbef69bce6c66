package dev.latchkey.internal.store;

import dev.latchkey.manage.Actor;
import dev.latchkey.manage.AuditEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Keys by the thousand, of all kinds, in a store and beside it: what lists are compared with. */
final class KeyPopulation {
  static final List<String> OWNERS =
      List.of(
          "alice",
          "Alice",
          "ALICE",
          "alice ",
          "al%ce",
          "al_ce",
          "al\\ce",
          "%",
          "_",
          "\\",
          "é",
          "e\u0301",
          "é\u0301",
          "🔑",
          "🔑🔑",
          "ß",
          "ss",
          "a'b\"c`d",
          "${now}",
          "?",
          "deleted");
  static final List<String> HINTS =
      List.of("lk_…aB1c", "old_…aB1c", "lk_…ab1c", "lk_…AB1C", "é…aB1c", "lk_…0000", "aB1c");

  static final List<Actor> ACTORS =
      List.of(
          Actor.user("alice").withAddress("192.0.2.7"),
          Actor.administrator("alice").withReason("50 % ${x} 🔑"),
          Actor.user("Alice"),
          Actor.application());

  private static final Instant NOW = Keys.NOW;
  private static final List<Duration> STEPS =
      List.of(Duration.ZERO, Duration.ofNanos(1_000), Duration.ofSeconds(1), Duration.ofDays(2));
  private static final int NO_LIMIT = 1_000_000;

  private final ApiKeyStore store;
  private final Random random;
  private final Map<String, StoredKey> alive = new TreeMap<>();
  private final List<StoredEvent> events = new ArrayList<>();
  private final List<String> goneTags = new ArrayList<>();

  KeyPopulation(ApiKeyStore store, long seed) {
    this.store = store;
    this.random = new Random(seed);
  }

  /** Adds keys; some are used, deleted or reissued then. */
  void grow(int count) {
    List<KeyUse> uses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StoredKey key = add(any(OWNERS));
      switch (random.nextInt(8)) {
        case 0 -> delete(key);
        case 1, 2 -> reissue(key);
        default -> {}
      }
      if (random.nextBoolean()) {
        uses.add(new KeyUse(key.hash(), near(NOW), random.nextInt(4) == 0 ? "" : "192.0.2.1"));
      }
    }
    store.recordUses(uses);
    uses.forEach(
        use ->
            alive.replaceAll((tag, key) -> key.hash().equals(use.hash()) ? used(key, use) : key));
  }

  /** Deletes an owner who has many keys, whose events have one instant. */
  void deleteOwner(String owner) {
    happened(store.deleteOwner(owner, any(ACTORS)));
    alive.values().removeIf(key -> key.owner().equals(owner) && goneTags.add(key.tag()));
  }

  StoredKey add(String owner) {
    StoredKey key = newKey(owner);
    happened(store.add(key, NO_LIMIT, false, any(ACTORS)));
    alive.put(key.tag(), key);
    return key;
  }

  private StoredKey newKey(String owner) {
    StoredKey key = Keys.of(owner, near(NOW.minus(Duration.ofDays(9))), near(NOW));
    String hint = random.nextInt(4) == 0 ? any(HINTS) : key.hint();
    StoredKey made =
        StoredKey.fresh(key.hash(), key.tag(), owner, hint, "", key.createdAt(), key.expiresAt());
    return random.nextBoolean() ? made : made.limitedTo(Set.of("read"));
  }

  /** With it goes its predecessor. */
  void delete(StoredKey key) {
    Changed deleted = store.delete(key.owner(), key.tag(), any(ACTORS));
    happened(deleted);
    alive.values().removeIf(row -> deleted.hashes().contains(row.hash()));
    goneTags.add(key.tag());
  }

  private void reissue(StoredKey old) {
    StoredKey key = newKey(old.owner());
    Instant retiresAt = near(NOW);
    happened(store.reissue(old.tag(), key, retiresAt, any(ACTORS)));
    alive.put(key.tag(), key);
    alive.put(
        old.tag(),
        new StoredKey(
            old.hash(),
            old.tag(),
            old.owner(),
            old.hint(),
            old.description(),
            old.createdAt(),
            old.expiresAt(),
            retiresAt,
            null,
            null,
            old.scopes()));
  }

  private void happened(Changed changed) {
    for (AuditEvent event : changed.events()) {
      events.add((StoredEvent) event);
    }
  }

  private static StoredKey used(StoredKey key, KeyUse use) {
    return new StoredKey(
        key.hash(),
        key.tag(),
        key.owner(),
        key.hint(),
        key.description(),
        key.createdAt(),
        key.expiresAt(),
        key.retiresAt(),
        use.at(),
        use.from(),
        key.scopes());
  }

  /** An instant at which something may change, or near it. */
  Instant near(Instant instant) {
    Duration step = any(STEPS).multipliedBy(1 + random.nextInt(2));
    return random.nextBoolean() ? instant.plus(step) : instant.minus(step);
  }

  <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  Random random() {
    return random;
  }

  /** Returns one of the keys that are there, also one whose grace is over. */
  StoredKey anyKey() {
    return any(List.copyOf(alive.values()));
  }

  /** Returns the tag of a key that is deleted. */
  String goneTag() {
    return any(goneTags);
  }

  Optional<StoredKey> find(String tag) {
    return Optional.ofNullable(alive.get(tag));
  }

  /** Returns the keys that are there and whose grace is not over, as lists have them. */
  List<StoredKey> listed(Instant now) {
    return alive.values().stream()
        .filter(key -> key.retiresAt() == null || key.retiresAt().compareTo(now) > 0)
        .sorted(Comparator.comparing(StoredKey::createdAt).thenComparing(StoredKey::tag).reversed())
        .toList();
  }

  /** Returns all events, the newest first. */
  List<StoredEvent> events() {
    return events.stream().sorted(Comparator.comparing(StoredEvent::position).reversed()).toList();
  }
}
