package dev.latchkey.internal.store;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.AuditEvent;
import dev.latchkey.manage.KeyOperationException;
import dev.latchkey.manage.KeyOperationException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store for tests of what is above it, kept to the same contract as the real one. */
public class InMemoryApiKeyStore implements ApiKeyStore {
  private static final Comparator<Change> ORDER =
      Comparator.comparing(Change::at).thenComparing(Change::hash, KeyHash.BYTE_ORDER);

  private record Row(StoredKey key, int slot) {}

  private record Grave(String owner, Instant diedAt) {}

  private final Map<KeyHash, Row> rows = new HashMap<>();
  private final Map<KeyHash, Grave> graves = new HashMap<>();
  private final Map<KeyHash, Instant> changed = new HashMap<>();
  private final Set<String> disabledOwners = new HashSet<>();
  private final Set<String> serviceOwners = new HashSet<>();
  private final Set<String> knownOwners = new HashSet<>();
  private boolean down;
  private int events;

  /** Whether it cannot answer. */
  public synchronized void setDown(boolean down) {
    this.down = down;
  }

  @Override
  public synchronized Instant now() {
    answer();
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public synchronized List<Change> changes(Change after, int limit) {
    answer();
    return changed.entrySet().stream()
        .map(entry -> new Change(entry.getValue(), entry.getKey()))
        .filter(change -> ORDER.compare(change, after) > 0)
        .sorted(ORDER)
        .limit(limit)
        .toList();
  }

  /** The lists of administrators are queries, which a real database answers. */
  @Override
  public AdministrationStore administration() {
    throw new UnsupportedOperationException("ask a store over a database");
  }

  private Changed changed(List<KeyHash> hashes, AuditEvent... events) {
    return new Changed(hashes, List.of(events));
  }

  private StoredEvent event(String action, String owner, String tag, Actor by) {
    return new StoredEvent(
        String.format("%016d", ++events),
        now(),
        action,
        by.name().orElse(null),
        by.type().toString(),
        owner,
        tag,
        by.address().orElse(null),
        by.reason().orElse(null),
        "{}");
  }

  @Override
  public synchronized Changed setOwnerDisabled(String owner, boolean disabled, Actor by) {
    answer();
    if (disabled) {
      knownOwners.add(owner);
    }
    if (disabled ? !disabledOwners.add(owner) : !disabledOwners.remove(owner)) {
      return changed(changeAll(owner));
    }
    return changed(
        changeAll(owner),
        event(disabled ? StoredEvent.OWNER_DISABLED : StoredEvent.OWNER_ENABLED, owner, null, by));
  }

  @Override
  public synchronized List<KeyHash> addServiceOwner(String owner) {
    answer();
    knownOwners.add(owner);
    serviceOwners.add(owner);
    return changeAll(owner);
  }

  @Override
  public synchronized List<KeyHash> removeServiceOwner(String owner) {
    answer();
    serviceOwners.remove(owner);
    return changeAll(owner);
  }

  private List<KeyHash> changeAll(String owner) {
    List<KeyHash> hashes =
        rows.values().stream()
            .filter(row -> row.key().owner().equals(owner))
            .map(row -> row.key().hash())
            .toList();
    hashes.forEach(this::change);
    return hashes;
  }

  /** There are no tables of an application here. */
  @Override
  public synchronized Map<String, Set<String>> findRoles(
      OwnerQuery query, Collection<String> owners) {
    answer();
    return Map.of();
  }

  @Override
  public synchronized Set<String> findOwners(OwnerQuery query, Collection<String> owners) {
    answer();
    return Set.of();
  }

  @Override
  public synchronized Changed deleteOwner(String owner, Actor by) {
    answer();
    disabledOwners.remove(owner);
    serviceOwners.remove(owner);
    List<AuditEvent> told = new ArrayList<>();
    for (StoredKey key : rows.values().stream().map(Row::key).toList()) {
      if (key.owner().equals(owner)) {
        softDelete(key.hash());
        told.add(event(StoredEvent.KEY_REVOKED, owner, key.tag(), by));
      }
    }
    if (knownOwners.remove(owner)) {
      told.add(event(StoredEvent.OWNER_DELETED, owner, null, by));
    }
    return new Changed(graves(owner), told);
  }

  private List<KeyHash> graves(String owner) {
    return graves.entrySet().stream()
        .filter(grave -> grave.getValue().owner().equals(owner))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void change(KeyHash hash) {
    changed.merge(hash, now(), (was, now) -> now.isAfter(was) ? now : was.plusNanos(1_000));
  }

  private void answer() {
    if (down) {
      throw new StoreException("the store is down", null);
    }
  }

  @Override
  public synchronized Map<KeyHash, KeySnapshot> findByHashes(Collection<KeyHash> hashes) {
    answer();
    if (hashes.size() > MAX_HASHES) {
      throw new IllegalArgumentException("too many hashes at once: " + hashes.size());
    }
    Map<KeyHash, KeySnapshot> found = new HashMap<>();
    for (KeyHash hash : hashes) {
      Row row = rows.get(hash);
      if (row != null) {
        boolean ownerDisabled = disabledOwners.contains(row.key().owner());
        found.put(
            hash,
            new KeySnapshot(
                row.key(),
                changed.getOrDefault(hash, Instant.MIN),
                ownerDisabled,
                serviceOwners.contains(row.key().owner()),
                true));
      }
    }
    return found;
  }

  private List<Row> current(String owner) {
    return rows.values().stream()
        .filter(row -> row.slot() > 0 && row.key().owner().equals(owner))
        .toList();
  }

  private Optional<Row> row(String owner, String tag) {
    return rows.values().stream()
        .filter(row -> row.key().owner().equals(owner) && row.key().tag().equals(tag))
        .findFirst();
  }

  @Override
  public synchronized List<StoredKey> findByOwner(String owner) {
    answer();
    return current(owner).stream()
        .map(Row::key)
        .sorted(Comparator.comparing(StoredKey::createdAt).reversed())
        .toList();
  }

  @Override
  public synchronized Optional<StoredKey> find(String owner, String tag) {
    answer();
    return row(owner, tag).map(Row::key);
  }

  private void requireEnabled(String owner) {
    if (disabledOwners.contains(owner)) {
      throw new KeyOperationException(Reason.OWNER_DISABLED);
    }
  }

  @Override
  public synchronized Changed add(StoredKey key, int maxKeys, boolean asService, Actor by) {
    answer();
    requireEnabled(key.owner());
    List<Integer> taken = current(key.owner()).stream().map(Row::slot).toList();
    if (taken.size() >= maxKeys) {
      return changed(List.of());
    }
    int free = 1;
    while (taken.contains(free)) {
      free++;
    }
    put(key, free);
    if (asService) {
      serviceOwners.add(key.owner());
    }
    return changed(List.of(key.hash()), event(StoredEvent.KEY_ADDED, key.owner(), key.tag(), by));
  }

  private void put(StoredKey key, int slot) {
    knownOwners.add(key.owner());
    rows.put(key.hash(), new Row(key, slot));
    change(key.hash());
  }

  @Override
  public synchronized Changed addInPlaceOf(String oldTag, StoredKey key, Actor by) {
    answer();
    requireEnabled(key.owner());
    Optional<Row> old = row(key.owner(), oldTag).filter(row -> row.slot() > 0);
    if (old.isEmpty()) {
      return changed(List.of());
    }
    Changed deleted = delete(key.owner(), oldTag, by);
    put(key, old.get().slot());
    List<KeyHash> hashes = new ArrayList<>(deleted.hashes());
    hashes.add(key.hash());
    List<AuditEvent> told = new ArrayList<>(deleted.events());
    told.add(event(StoredEvent.KEY_ADDED, key.owner(), key.tag(), by));
    return new Changed(hashes, told);
  }

  @Override
  public synchronized Changed reissue(
      String oldTag, StoredKey key, @Nullable Instant oldRetiresAt, Actor by) {
    answer();
    Optional<Row> old = row(key.owner(), oldTag).filter(row -> row.slot() > 0);
    if (old.isEmpty()) {
      return changed(List.of());
    }
    List<AuditEvent> told = new ArrayList<>();
    List<KeyHash> hashes = new ArrayList<>(softDeletePredecessor(old.get(), told, by));
    StoredKey k = old.get().key();
    if (oldRetiresAt == null) {
      softDelete(k.hash());
    } else {
      put(
          new StoredKey(
              k.hash(),
              k.tag(),
              k.owner(),
              k.hint(),
              k.description(),
              k.createdAt(),
              k.expiresAt(),
              oldRetiresAt,
              k.lastUsedAt(),
              k.lastUsedFrom(),
              k.scopes()),
          -old.get().slot());
    }
    put(key, old.get().slot());
    hashes.add(k.hash());
    hashes.add(key.hash());
    told.add(event(StoredEvent.KEY_REISSUED, k.owner(), k.tag(), by));
    return new Changed(hashes, told);
  }

  private void softDelete(KeyHash hash) {
    Row row = rows.remove(hash);
    graves.put(hash, new Grave(row.key().owner(), Instant.now()));
    change(hash);
  }

  private List<KeyHash> softDeletePredecessor(Row current, List<AuditEvent> told, Actor by) {
    List<KeyHash> dead = new ArrayList<>();
    for (Row row : List.copyOf(rows.values())) {
      if (row.slot() == -current.slot() && row.key().owner().equals(current.key().owner())) {
        softDelete(row.key().hash());
        dead.add(row.key().hash());
        told.add(event(StoredEvent.KEY_DELETED, row.key().owner(), row.key().tag(), by));
      }
    }
    return dead;
  }

  @Override
  public synchronized Changed edit(String owner, String tag, KeyEdit edit, Instant now, Actor by) {
    answer();
    Optional<Row> found = row(owner, tag).filter(row -> row.slot() > 0);
    if (found.isEmpty() || (edit.expiresAt() != null && found.get().key().isExpired(now))) {
      return changed(List.of());
    }
    StoredKey before = found.get().key();
    StoredKey after = edit.applied(before);
    if (edit.narrowOnly() && KeyEdit.isWider(before, after)) {
      throw new KeyOperationException(Reason.WIDER_THAN_BEFORE);
    }
    put(after, found.get().slot());
    return before.equals(after)
        ? changed(List.of(after.hash()))
        : changed(List.of(after.hash()), event(StoredEvent.KEY_EDITED, owner, tag, by));
  }

  @Override
  public synchronized Changed delete(String owner, String tag, Actor by) {
    answer();
    Optional<Row> row = row(owner, tag);
    if (row.isEmpty()) {
      return changed(List.of());
    }
    List<AuditEvent> told = new ArrayList<>();
    List<KeyHash> dead = new ArrayList<>();
    if (row.get().slot() > 0) {
      dead.addAll(softDeletePredecessor(row.get(), told, by));
    }
    softDelete(row.get().key().hash());
    dead.add(row.get().key().hash());
    told.add(event(StoredEvent.KEY_DELETED, owner, tag, by));
    return new Changed(dead, told);
  }

  @Override
  public synchronized void recordUses(Collection<KeyUse> uses) {
    answer();
    for (KeyUse use : uses) {
      Optional.ofNullable(rows.get(use.hash()))
          .filter(
              row -> row.key().lastUsedAt() == null || row.key().lastUsedAt().isBefore(use.at()))
          .ifPresent(row -> rows.put(row.key().hash(), new Row(used(row.key(), use), row.slot())));
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

  @Override
  public synchronized List<RecentUse> recentUses(RecentUse after, int limit) {
    answer();
    Comparator<RecentUse> order =
        Comparator.comparing(RecentUse::at)
            .thenComparing(RecentUse::hash, KeyHash.BYTE_ORDER)
            .reversed();
    return rows.values().stream()
        .filter(row -> row.key().lastUsedAt() != null)
        .map(row -> new RecentUse(row.key().lastUsedAt(), row.key().hash()))
        .filter(use -> order.compare(use, after) > 0)
        .sorted(order)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized int purge(Duration retention) {
    answer();
    Instant deadBefore = now().minus(retention);
    int before = graves.size();
    graves.values().removeIf(grave -> grave.diedAt().isBefore(deadBefore));
    return before - graves.size();
  }

  @Override
  public void close() {}
}
