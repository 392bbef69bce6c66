package dev.latchkey.internal.store;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A store for tests of what is above it, kept to the same contract as the real one. */
public class InMemoryApiKeyStore implements ApiKeyStore {
  private static final Comparator<Change> ORDER =
      Comparator.comparing(Change::at)
          .thenComparing(change -> change.hash().toBytes(), Arrays::compareUnsigned);

  private record Row(StoredKey key, int slot) {}

  private record Grave(String owner, Instant diedAt) {}

  private final Map<KeyHash, Row> rows = new HashMap<>();
  private final Map<KeyHash, Grave> graves = new HashMap<>();
  private final Map<KeyHash, Instant> changed = new HashMap<>();
  private final Set<String> disabledOwners = new HashSet<>();
  private final Set<String> serviceOwners = new HashSet<>();
  private boolean down;

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

  @Override
  public synchronized List<KeyHash> setOwnerDisabled(String owner, boolean disabled) {
    answer();
    if (disabled) {
      disabledOwners.add(owner);
    } else {
      disabledOwners.remove(owner);
    }
    return changeAll(owner);
  }

  @Override
  public synchronized List<KeyHash> addServiceOwner(String owner) {
    answer();
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
  public synchronized List<KeyHash> deleteOwner(String owner) {
    answer();
    disabledOwners.remove(owner);
    serviceOwners.remove(owner);
    rows.values().stream()
        .map(Row::key)
        .filter(key -> key.owner().equals(owner))
        .toList()
        .forEach(key -> softDelete(key.hash()));
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

  @Override
  public synchronized boolean add(StoredKey key, int maxKeys) {
    answer();
    List<Integer> taken = current(key.owner()).stream().map(Row::slot).toList();
    if (taken.size() >= maxKeys) {
      return false;
    }
    int free = 1;
    while (taken.contains(free)) {
      free++;
    }
    rows.put(key.hash(), new Row(key, free));
    change(key.hash());
    return true;
  }

  @Override
  public synchronized List<KeyHash> replace(
      String oldTag, StoredKey key, @org.jspecify.annotations.Nullable Instant oldRetiresAt) {
    answer();
    Optional<Row> old = row(key.owner(), oldTag).filter(row -> row.slot() > 0);
    if (old.isEmpty()) {
      return List.of();
    }
    List<KeyHash> evicted = new ArrayList<>(softDeletePredecessor(old.get()));
    StoredKey k = old.get().key();
    if (oldRetiresAt == null) {
      softDelete(k.hash());
    } else {
      rows.put(
          k.hash(),
          new Row(
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
              -old.get().slot()));
    }
    evicted.add(k.hash());
    change(k.hash());
    rows.put(key.hash(), new Row(key, old.get().slot()));
    change(key.hash());
    return evicted;
  }

  private void softDelete(KeyHash hash) {
    Row row = rows.remove(hash);
    graves.put(hash, new Grave(row.key().owner(), Instant.now()));
    change(hash);
  }

  private List<KeyHash> softDeletePredecessor(Row current) {
    List<KeyHash> dead =
        rows.values().stream()
            .filter(
                row ->
                    row.slot() == -current.slot()
                        && row.key().owner().equals(current.key().owner()))
            .map(row -> row.key().hash())
            .toList();
    dead.forEach(this::softDelete);
    return dead;
  }

  @Override
  public synchronized boolean edit(String owner, String tag, KeyEdit edit, Instant now) {
    answer();
    Optional<Row> found = row(owner, tag).filter(row -> row.slot() > 0);
    if (found.isEmpty() || (edit.expiresAt() != null && found.get().key().isExpired(now))) {
      return false;
    }
    StoredKey k = found.get().key();
    put(
        found.get(),
        edit.description() == null ? k.description() : edit.description(),
        edit.expiresAt() == null ? k.expiresAt() : edit.expiresAt(),
        k.lastUsedAt(),
        k.lastUsedFrom());
    if (edit.scopes() != null) {
      StoredKey edited = rows.get(k.hash()).key();
      rows.put(k.hash(), new Row(edited.limitedTo(edit.scopes().scopes()), found.get().slot()));
    }
    change(k.hash());
    return true;
  }

  private void put(
      Row row,
      String description,
      Instant expiresAt,
      @org.jspecify.annotations.Nullable Instant lastUsedAt,
      @org.jspecify.annotations.Nullable String lastUsedFrom) {
    StoredKey k = row.key();
    rows.put(
        k.hash(),
        new Row(
            new StoredKey(
                k.hash(),
                k.tag(),
                k.owner(),
                k.hint(),
                description,
                k.createdAt(),
                expiresAt,
                k.retiresAt(),
                lastUsedAt,
                lastUsedFrom,
                k.scopes()),
            row.slot()));
  }

  @Override
  public synchronized List<KeyHash> delete(String owner, String tag) {
    answer();
    Optional<Row> row = row(owner, tag);
    if (row.isEmpty()) {
      return List.of();
    }
    List<KeyHash> dead = new ArrayList<>();
    if (row.get().slot() > 0) {
      dead.addAll(softDeletePredecessor(row.get()));
    }
    softDelete(row.get().key().hash());
    dead.add(row.get().key().hash());
    return dead;
  }

  @Override
  public synchronized void recordUses(Collection<KeyUse> uses) {
    answer();
    for (KeyUse use : uses) {
      rows.values().stream()
          .filter(row -> row.key().tag().equals(use.tag()))
          .findFirst()
          .filter(
              row -> row.key().lastUsedAt() == null || row.key().lastUsedAt().isBefore(use.at()))
          .ifPresent(
              row ->
                  put(row, row.key().description(), row.key().expiresAt(), use.at(), use.from()));
    }
  }

  @Override
  public synchronized List<RecentUse> recentUses(RecentUse after, int limit) {
    answer();
    Comparator<RecentUse> order =
        Comparator.comparing(RecentUse::at)
            .thenComparing(use -> use.hash().toBytes(), java.util.Arrays::compareUnsigned)
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
