package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.AdministrationStore;
import dev.latchkey.internal.store.Changed;
import dev.latchkey.internal.store.OwnerState;
import dev.latchkey.internal.store.Position;
import dev.latchkey.internal.store.Slice;
import dev.latchkey.internal.store.StoredEvent;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.internal.store.jdbc.Scan.Row;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.EventFilter;
import dev.latchkey.manage.KeyFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Administrators' lists and revocations, over plain JDBC. */
final class JdbcAdministrationStore implements AdministrationStore {
  private final Transactions transactions;
  private final AuditedChanges changes;
  private final UnreadableRows unreadable;

  JdbcAdministrationStore(
      Transactions transactions, AuditedChanges changes, UnreadableRows unreadable) {
    this.transactions = transactions;
    this.changes = changes;
    this.unreadable = unreadable;
  }

  @Override
  public Optional<StoredKey> find(String tag) {
    return keys(AdministrationSql.FIND, tag).stream()
        .flatMap(row -> Stream.ofNullable(row.item()))
        .findFirst();
  }

  @Override
  public Optional<String> ownerOf(String tag) {
    return transactions
        .read(
            "find a key's owner",
            session ->
                session.select(AdministrationSql.OWNER_OF, row -> row.getString("owner"), tag))
        .stream()
        .findFirst();
  }

  @Override
  public Slice<StoredKey> keys(KeyFilter filter, Position after, int limit, Instant now) {
    Optional<StoredKey> byTag =
        filter.tag().isPresent() ? find(filter.tag().get()) : Optional.empty();
    KeyMatcher matcher = new KeyMatcher(filter, now);
    Position start = matcher.start(after);
    if (filter.tag().isPresent()) {
      return new Slice<>(
          byTag.filter(matcher).filter(key -> key.position().compareTo(start) < 0).stream()
              .toList(),
          null);
    }
    return new Scan<>(part(filter), matcher, isSelective(filter)).from(start, limit);
  }

  private Scan.Part<StoredKey> part(KeyFilter filter) {
    if (filter.owner().isPresent()) {
      return (place, size) ->
          keysAfter(AdministrationSql.KEYS_OF_OWNER, filter.owner().get(), place, size);
    }
    if (filter.hint().isPresent()) {
      String end = KeyRow.hintEnd(filter.hint().get());
      return (place, size) -> keysAfter(AdministrationSql.KEYS_BY_HINT, end, place, size);
    }
    return (place, size) -> keys(AdministrationSql.KEYS, place.at(), place.at(), place.id(), size);
  }

  /** What is left out besides, the index does not tell. */
  private static boolean isSelective(KeyFilter filter) {
    return filter.ownerPrefix().isPresent()
        || filter.status().isPresent()
        || filter.unusedSince().isPresent()
        || filter.expiresBefore().isPresent()
        || filter.createdBefore().isPresent();
  }

  private List<Row<StoredKey>> keysAfter(String query, String value, Position place, int size) {
    return keys(query, value, place.at(), place.at(), place.id(), size);
  }

  private List<Row<StoredKey>> keys(String query, Object... values) {
    return transactions.read(
        "list keys",
        session ->
            session.select(
                query,
                unreadable.or(
                    Row.unreadable("created_at", "tag"),
                    row -> {
                      StoredKey key = KeyRow.key(row);
                      return new Row<>(key.position(), key);
                    }),
                values));
  }

  @Override
  public Map<KeyHash, KeyHash> predecessors(Collection<KeyHash> hashes) {
    return hashes.isEmpty()
        ? Map.of()
        : transactions.read(
            "find reissued keys", session -> new KeysByHash(session).predecessors(hashes));
  }

  @Override
  public Changed revoke(Collection<KeyHash> hashes, String how, Actor by) {
    if (hashes.isEmpty()) {
      return new Changed(List.of(), List.of());
    }
    return changes.make(
        "revoke keys",
        by,
        (session, trail) -> {
          KeysByHash many = new KeysByHash(session);
          List<LockedKey> keys = many.lockWithPredecessors(hashes);
          many.softDelete(keys);
          keys.forEach(key -> trail.keyRevoked(key.owner(), key.tag(), how));
          return LockedKey.hashes(keys);
        });
  }

  @Override
  public OwnerState owner(String owner) {
    return transactions.read(
        "read an owner",
        session -> {
          int keys =
              session
                  .select(AdministrationSql.COUNT_KEYS_OF_OWNER, row -> row.getInt(1), owner)
                  .get(0);
          return session
              .select(
                  AdministrationSql.OWNER,
                  row ->
                      new OwnerState(
                          owner, row.getBoolean("disabled"), row.getBoolean("is_service"), keys),
                  owner)
              .stream()
              .findFirst()
              .orElse(new OwnerState(owner, false, false, keys));
        });
  }

  @Override
  public Slice<StoredEvent> events(
      EventFilter filter, Position after, boolean oldestFirst, int limit) {
    EventQuery query = new EventQuery(filter, oldestFirst);
    Scan<StoredEvent> scan =
        new Scan<>(
            (place, size) -> events(query.sql(), query.values(place, size)),
            query,
            filter.actor().isPresent() || filter.action().isPresent());
    return scan.from(query.start(after), limit);
  }

  private List<Row<StoredEvent>> events(String query, Object... values) {
    return transactions.read(
        "list events",
        session ->
            session.select(
                query,
                unreadable.or(
                    "a row of latchkey_event not readable, it is left out of lists",
                    Row.unreadable("event_at", "id"),
                    row -> {
                      StoredEvent event = EventRow.read(row);
                      return new Row<>(event.position(), event);
                    }),
                values));
  }

  @Override
  public Optional<Position> lastDeletion(String owner) {
    return transactions
        .read(
            "find when an owner was deleted",
            session -> session.select(AdministrationSql.LAST_DELETION, EventRow::position, owner))
        .stream()
        .findFirst();
  }

  @Override
  public int purgeEvents(Duration retention) {
    return new EventPurge(transactions).olderThan(retention);
  }
}
