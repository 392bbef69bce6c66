package dev.latchkey.internal.store.jdbc;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.AdministrationStore;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Change;
import dev.latchkey.internal.store.Changed;
import dev.latchkey.internal.store.DatabaseInfo;
import dev.latchkey.internal.store.KeyEdit;
import dev.latchkey.internal.store.KeySnapshot;
import dev.latchkey.internal.store.KeyUse;
import dev.latchkey.internal.store.OwnerQuery;
import dev.latchkey.internal.store.RecentUse;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.internal.store.jdbc.Session.RowReader;
import dev.latchkey.manage.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys in one table, over plain JDBC. The limit of keys an owner is kept by the unique constraint
 * on owner and slot; what changes the keys of an owner is in {@link OwnerKeys}.
 */
final class JdbcApiKeyStore implements ApiKeyStore {
  private static final int PORTION = 500;

  private final Database database;
  private final Transactions transactions;
  private final AuditedChanges changes;
  private final UnreadableRows unreadable = new UnreadableRows();
  private final AdministrationStore administration;

  /**
   * Keeps keys in a database.
   *
   * @param database what to close at the end
   * @param transactions on its connections
   */
  JdbcApiKeyStore(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
    this.changes = new AuditedChanges(transactions);
    this.administration = new JdbcAdministrationStore(transactions, changes, unreadable);
  }

  @Override
  public Optional<DatabaseInfo> database() {
    return Optional.of(
        transactions.read("tell its version", session -> Vendor.describe(session.connection())));
  }

  @Override
  public Map<KeyHash, KeySnapshot> findByHashes(Collection<KeyHash> hashes) {
    if (hashes.isEmpty()) {
      return Map.of();
    }
    Object[] values = padded(hashes.stream().map(KeyHash::toBytes).toArray());
    Map<KeyHash, KeySnapshot> found = new HashMap<>();
    transactions
        .read(
            "look up keys",
            session ->
                session.select(
                    Sql.findByHashes(values.length),
                    unreadable.or(JdbcApiKeyStore::unreadable, JdbcApiKeyStore::found),
                    values))
        .forEach(key -> found.put(key.key().hash(), key));
    return found;
  }

  private static KeySnapshot found(ResultSet row) throws SQLException {
    boolean ownerDisabled = row.getString("disabled_at") != null;
    boolean isService = row.getBoolean("is_service"); // false of an owner without a row
    return new KeySnapshot(
        KeyRow.key(row), Session.instant(row, "changed_at"), ownerDisabled, isService, true);
  }

  private static KeySnapshot unreadable(ResultSet row) throws SQLException {
    return KeySnapshot.unreadable(KeyRow.hash(row), row.getString("owner"), row.getString("tag"));
  }

  /** Returns the values with the last one repeated, to the next power of two. */
  static Object[] padded(Object[] values) {
    int length = Integer.highestOneBit(values.length);
    Object[] padded = Arrays.copyOf(values, length == values.length ? length : 2 * length);
    Arrays.fill(padded, values.length, padded.length, values[values.length - 1]);
    return padded;
  }

  @Override
  public List<StoredKey> findByOwner(String owner) {
    return readable("list an owner's keys", Sql.FIND_BY_OWNER, owner);
  }

  @Override
  public Optional<StoredKey> find(String owner, String tag) {
    return readable("find a key", Sql.FIND, owner, tag).stream().findFirst();
  }

  private List<StoredKey> readable(String purpose, String query, Object... values) {
    RowReader<Optional<StoredKey>> reader =
        unreadable.or(row -> Optional.empty(), row -> Optional.of(KeyRow.key(row)));
    return transactions.read(purpose, session -> session.select(query, reader, values)).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public Changed add(StoredKey key, int maxKeys, boolean asService, Actor by) {
    Changed added =
        changes.make(
            "add a key",
            by,
            (session, trail) ->
                OwnerKeys.of(session, trail, key.owner()).add(key, maxKeys, asService));
    return asService && added.hashes().contains(key.hash())
        ? withVersionsBumped(key.owner(), added)
        : added;
  }

  @Override
  public Changed addInPlaceOf(String oldTag, StoredKey key, Actor by) {
    return changes.make(
        "add a key in the place of another",
        by,
        (session, trail) -> OwnerKeys.of(session, trail, key.owner()).addInPlaceOf(oldTag, key));
  }

  @Override
  public Changed reissue(String oldTag, StoredKey key, @Nullable Instant oldRetiresAt, Actor by) {
    return changes.make(
        "reissue a key",
        by,
        (session, trail) ->
            OwnerKeys.of(session, trail, key.owner()).reissue(oldTag, key, oldRetiresAt));
  }

  @Override
  public Changed edit(String owner, String tag, KeyEdit edit, Instant now, Actor by) {
    return changes.make(
        "edit a key",
        by,
        (session, trail) -> OwnerKeys.of(session, trail, owner).edit(tag, edit, now));
  }

  @Override
  public Changed delete(String owner, String tag, Actor by) {
    return changes.make(
        "delete a key", by, (session, trail) -> OwnerKeys.of(session, trail, owner).delete(tag));
  }

  @Override
  public Changed setOwnerDisabled(String owner, boolean disabled, Actor by) {
    Changed set =
        changes.make(
            disabled ? "disable an owner" : "enable an owner",
            by,
            (session, trail) -> {
              OwnerKeys.of(session, trail, owner).setDisabled(disabled);
              return List.of();
            });
    return withVersionsBumped(owner, set);
  }

  @Override
  public List<KeyHash> addServiceOwner(String owner) {
    transactions.inTransaction("add a service", session -> unaudited(session, owner).addService());
    return bumpVersion(owner);
  }

  /** The audit has no action for it. */
  private static OwnerKeys unaudited(Session session, String owner) {
    return OwnerKeys.of(session, new AuditTrail(Actor.application(), ""), owner);
  }

  @Override
  public List<KeyHash> removeServiceOwner(String owner) {
    transactions.write(
        "remove a service", session -> session.update(Sql.REMOVE_SERVICE_OWNER, owner));
    return bumpVersion(owner);
  }

  private Changed withVersionsBumped(String owner, Changed changed) {
    List<KeyHash> hashes = new ArrayList<>(changed.hashes());
    try {
      hashes.addAll(bumpVersion(owner));
    } catch (StoreException e) {
      return new Changed(hashes, changed.events(), e);
    }
    return new Changed(hashes, changed.events());
  }

  /**
   * Marks an owner's keys as changed, in a step of its own: a reader that saw a key in the state
   * before saw one that the owner had before, and so is found here, whatever the isolation. A step
   * that fails can be taken again.
   */
  private List<KeyHash> bumpVersion(String owner) {
    try {
      return transactions.inTransaction(
          "mark the owner's keys as changed", session -> unaudited(session, owner).bumpVersion());
    } catch (StoreException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e.getCause(), true); // half is done
    }
  }

  @Override
  public Changed deleteOwner(String owner, Actor by) {
    return changes.make(
        "delete an owner", by, (session, trail) -> OwnerKeys.of(session, trail, owner).deleteAll());
  }

  @Override
  public AdministrationStore administration() {
    return administration;
  }

  @Override
  public Instant now() {
    return transactions.read("read the database's clock", Session::now);
  }

  @Override
  public List<Change> changes(Change after, int limit) {
    return page(
        "read what changed",
        Sql.CHANGES,
        unreadable.skip(
            "a row's changed_at not readable, other nodes do not learn of its change",
            row -> new Change(Session.instant(row, "changed_at"), KeyRow.hash(row))),
        limit,
        after.at(),
        after.hash());
  }

  @Override
  public List<RecentUse> recentUses(RecentUse after, int limit) {
    return page(
        "read what was used last",
        Sql.RECENT_USES,
        unreadable.skip(
            "a row's last_used_at not readable, its key is not loaded at start",
            row -> new RecentUse(Session.instant(row, "last_used_at"), KeyRow.hash(row))),
        limit,
        after.at(),
        after.hash());
  }

  /**
   * Reads what comes after a place in an order. Of a page that is not full the reader knows that it
   * is the last; so one with rows that cannot be read is read again, longer by as many.
   */
  private <T> List<T> page(
      String purpose,
      String query,
      RowReader<Optional<T>> reader,
      int limit,
      Instant at,
      KeyHash hash) {
    return transactions.read(
        purpose,
        session -> {
          int skipped = 0;
          while (true) {
            List<Optional<T>> rows =
                session.select(query, reader, at, at, hash.toBytes(), limit + skipped);
            List<T> readable = rows.stream().flatMap(Optional::stream).toList();
            if (readable.size() >= limit || rows.size() < limit + skipped) {
              return readable.subList(0, Math.min(limit, readable.size()));
            }
            skipped = rows.size() - readable.size();
          }
        });
  }

  @Override
  public void recordUses(Collection<KeyUse> uses) {
    // In the order in which revocations lock keys, and every node: so none wait in a circle.
    List<Object[]> ordered =
        uses.stream()
            .sorted(Comparator.comparing(KeyUse::hash, KeyHash.BYTE_ORDER))
            .map(use -> new Object[] {use.at(), use.from(), use.hash().toBytes(), use.at()})
            .toList();
    for (int from = 0; from < ordered.size(); from += PORTION) {
      List<Object[]> portion = ordered.subList(from, Math.min(from + PORTION, ordered.size()));
      transactions.inTransaction(
          "record when keys were used",
          session -> {
            session.updateEach(Sql.RECORD_USE, portion);
            return portion.size();
          });
    }
  }

  @Override
  public int purge(Duration retention) {
    return new Purge(transactions).before(now().minus(retention));
  }

  @Override
  public Map<String, Set<String>> findRoles(OwnerQuery query, Collection<String> owners) {
    return owners(query, owners, 2);
  }

  @Override
  public Set<String> findOwners(OwnerQuery query, Collection<String> owners) {
    return owners(query, owners, 1).keySet();
  }

  private Map<String, Set<String>> owners(
      OwnerQuery query, Collection<String> owners, int columns) {
    if (owners.isEmpty()) {
      return Map.of();
    }
    Object[] values = padded(owners.toArray());
    OwnerRows rows = new OwnerRows(owners, columns);
    try {
      return transactions.read(
          "ask about owners",
          session -> session.selectAsIs(query.forOwners(values.length), rows::read, values));
    } catch (StoreException e) {
      if (e.getCause() instanceof SQLException cause && SqlFailures.isRejected(cause)) {
        throw new IllegalArgumentException("the database rejects the query: " + cause, e);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
