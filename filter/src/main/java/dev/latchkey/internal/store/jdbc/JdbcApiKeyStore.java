package dev.latchkey.internal.store.jdbc;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Change;
import dev.latchkey.internal.store.DatabaseInfo;
import dev.latchkey.internal.store.FoundKey;
import dev.latchkey.internal.store.KeyEdit;
import dev.latchkey.internal.store.KeyUse;
import dev.latchkey.internal.store.RecentUse;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.internal.store.jdbc.Session.RowReader;
import dev.latchkey.internal.store.jdbc.Transactions.Work;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLDataException;
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
import org.jspecify.annotations.Nullable;

/**
 * Keys in one table, over plain JDBC. The limit of keys an owner is kept by the unique constraint
 * on owner and slot. What adds keys, and what ends all of an owner's, has locked the owner's row,
 * so that one sees what the other did.
 */
final class JdbcApiKeyStore implements ApiKeyStore {
  private static final int PORTION = 500;

  private final ConnectionSource source;
  private final Transactions transactions;
  private final Sql sql;
  private final UnreadableRows unreadable = new UnreadableRows();
  private final Runnable end;

  private JdbcApiKeyStore(
      ConnectionSource source, Transactions transactions, Vendor vendor, Runnable end) {
    this.source = source;
    this.transactions = transactions;
    this.sql = new Sql(vendor);
    this.end = end;
  }

  /**
   * Connects, and brings the schema up to date or checks that it is there.
   *
   * @param driver for {@code jdbcUrl}; null without one
   * @param end what remains to be done after {@link #close}
   * @throws IllegalArgumentException naming the setting that is wrong
   * @throws StoreException if the database cannot be reached, or has no usable schema
   */
  static JdbcApiKeyStore connect(JdbcSettings settings, @Nullable Driver driver, Runnable end) {
    ConnectionSource source = ConnectionSource.open(settings, driver);
    try {
      Transactions transactions =
          new Transactions(
              source, settings.jdbcTimeout(), Math.max(1, settings.jdbcPoolSize() / 2));
      Vendor vendor =
          transactions.readAnew(
              "be reached at " + settings.place(), session -> Vendor.of(session.connection()));
      new Schema(transactions, vendor).prepare(source, settings.migrateSchema());
      return new JdbcApiKeyStore(source, transactions, vendor, end);
    } catch (RuntimeException | Error e) { // such as a Flyway that is missing
      source.close().run();
      throw e;
    }
  }

  @Override
  public Optional<DatabaseInfo> database() {
    return Optional.of(
        transactions.read("tell its version", session -> Vendor.describe(session.connection())));
  }

  @Override
  public Map<KeyHash, FoundKey> findByHashes(Collection<KeyHash> hashes) {
    if (hashes.isEmpty()) {
      return Map.of();
    }
    Object[] values = padded(hashes.stream().map(KeyHash::toBytes).toArray());
    Map<KeyHash, FoundKey> found = new HashMap<>();
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

  private static FoundKey found(ResultSet row) throws SQLException {
    boolean ownerDisabled = row.getString("disabled_at") != null;
    return new FoundKey(KeyRow.key(row), Session.instant(row, "changed_at"), ownerDisabled);
  }

  private static FoundKey unreadable(ResultSet row) throws SQLException {
    return FoundKey.unreadable(KeyRow.hash(row), row.getString("owner"), row.getString("tag"));
  }

  /** Returns the values with the last one repeated, to the next power of two. */
  private static Object[] padded(Object[] values) {
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
  public boolean add(StoredKey key, int maxKeys) {
    return withOwner("add a key", key.owner(), s -> add(s, key, maxKeys));
  }

  private boolean add(Session session, StoredKey key, int maxKeys) throws SQLException {
    List<Integer> taken = new ArrayList<>();
    for (Slot slot : session.select(Sql.SLOTS, Slot::read, key.owner())) {
      if (slot.deleted()) {
        delete(session, key.owner(), slot.key());
      } else {
        taken.add(slot.key().slot());
      }
    }
    if (taken.size() >= maxKeys) {
      return false;
    }
    int free = 1;
    while (taken.contains(free)) {
      free++;
    }
    insert(session, key, free);
    return true;
  }

  /**
   * A slot that is taken.
   *
   * @param deleted whether its key is dated as deleted, by hand, and so in the way
   */
  private record Slot(Locked key, boolean deleted) {
    static Slot read(ResultSet row) throws SQLException {
      return new Slot(Locked.read(row), row.getBoolean("deleted"));
    }
  }

  /** Works in a transaction that has locked the owner's row, which is made if there is none. */
  private <T> T withOwner(String purpose, String owner, Work<T> work) {
    return transactions.atomically(
        purpose,
        session -> {
          if (session.select(Sql.LOCK_OWNER, row -> row.getString(1), owner).isEmpty()) {
            session.connection().rollback(); // the gap is locked, which makes inserts deadlock
            addOwner(session, owner);
          }
          return work.on(session);
        });
  }

  private static void addOwner(Session session, String owner) throws SQLException {
    try {
      session.update(Sql.ADD_OWNER, owner);
    } catch (SQLException e) {
      throw Transactions.isDuplicate(e) ? Transactions.lostRace(e) : e;
    }
  }

  private void insert(Session session, StoredKey key, int slot) throws SQLException {
    session.update(
        sql.insert,
        key.hash().toBytes(),
        key.tag(),
        key.owner(),
        key.hint(),
        key.description(),
        key.createdAt(),
        key.expiresAt(),
        slot);
  }

  @Override
  public List<KeyHash> replace(String oldTag, StoredKey key, @Nullable Instant oldRetiresAt) {
    return withOwner(
        "replace a key",
        key.owner(),
        session -> {
          Optional<Locked> old = lockCurrent(session, key.owner(), oldTag);
          if (old.isEmpty()) {
            return List.of();
          }
          List<KeyHash> changed = buryPredecessor(session, key.owner(), old.get());
          if (oldRetiresAt == null) {
            bury(session, old.get());
          } else {
            session.update(sql.retire, oldRetiresAt, old.get().hash().toBytes());
          }
          changed.add(old.get().hash());
          insert(session, key, old.get().slot());
          return changed;
        });
  }

  @Override
  public boolean edit(String owner, String tag, KeyEdit edit, Instant now) {
    return transactions.atomically(
        "edit a key",
        session -> {
          // Locked first: a statement is dated when it begins, not when it has waited for a lock,
          // and a change that is dated long ago is not seen by other nodes.
          if (lockCurrent(session, owner, tag).isEmpty()) {
            return false;
          }
          int rows =
              edit.expiresAt() == null
                  ? edit.description() == null
                      ? 1
                      : session.update(sql.editDescription, edit.description(), owner, tag)
                  : session.update(
                      sql.editExpiry, edit.description(), edit.expiresAt(), owner, tag, now);
          return rows == 1;
        });
  }

  @Override
  public List<KeyHash> delete(String owner, String tag) {
    return transactions.atomically(
        "delete a key",
        session -> {
          List<KeyHash> dead = new ArrayList<>();
          for (Locked key : session.select(Sql.LOCK_KEY, Locked::read, owner, tag)) {
            dead.addAll(delete(session, owner, key));
          }
          return dead;
        });
  }

  private List<KeyHash> delete(Session session, String owner, Locked key) throws SQLException {
    List<KeyHash> dead = new ArrayList<>();
    if (key.slot() > 0) {
      dead.addAll(buryPredecessor(session, owner, key));
    }
    bury(session, key);
    dead.add(key.hash());
    return dead;
  }

  /**
   * A row that is locked, and not yet deleted. What else it says need not be read, and a row that
   * cannot be can be deleted all the same.
   *
   * @param slot where the key stands among its owner's; negative for a predecessor
   */
  private record Locked(KeyHash hash, int slot) {
    static Locked read(ResultSet row) throws SQLException {
      return new Locked(KeyRow.hash(row), row.getInt("slot"));
    }
  }

  private Optional<Locked> lockCurrent(Session session, String owner, String tag)
      throws SQLException {
    return session.select(Sql.LOCK_CURRENT, Locked::read, owner, tag).stream().findFirst();
  }

  private void bury(Session session, Locked key) throws SQLException {
    session.update(sql.bury, key.hash().toBytes());
  }

  private List<KeyHash> buryPredecessor(Session session, String owner, Locked current)
      throws SQLException {
    List<KeyHash> dead = new ArrayList<>();
    for (Locked key : session.select(Sql.LOCK_SLOT, Locked::read, owner, -current.slot())) {
      bury(session, key);
      dead.add(key.hash());
    }
    return dead;
  }

  @Override
  public List<KeyHash> setOwnerDisabled(String owner, boolean disabled) {
    if (disabled) {
      withOwner("disable an owner", owner, s -> s.update(sql.disableOwner, owner));
    } else {
      transactions.plainly("enable an owner", s -> s.update(Sql.ENABLE_OWNER, owner));
    }
    // A step of its own: a reader that saw a key in the state before saw one that the owner had
    // before, and so is found here, whatever the isolation. A step that fails can be taken again.
    return transactions.atomically(
        "tell that an owner's keys changed",
        session -> {
          List<KeyHash> hashes = session.select(Sql.LOCK_HASHES_OF_OWNER, KeyRow::hash, owner);
          session.update(sql.dateKeysOfOwner, owner); // after the locks: see edit
          return hashes;
        });
  }

  @Override
  public List<KeyHash> deleteOwner(String owner) {
    return withOwner(
        "delete an owner",
        owner,
        session -> {
          List<KeyHash> hashes = session.select(Sql.LOCK_HASHES_OF_OWNER, KeyRow::hash, owner);
          session.update(sql.buryKeysOfOwner, owner); // after the locks: see edit
          session.update(Sql.DELETE_OWNER, owner);
          return hashes;
        });
  }

  @Override
  public Instant now() {
    return transactions
        .read("tell its time", s -> s.select(sql.selectNow, row -> Session.instant(row, "now_utc")))
        .get(0);
  }

  @Override
  public List<Change> changes(Change after, int limit) {
    return page(
        "tell what changed",
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
        "tell what was used last",
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
                session.select(query, reader, at, hash.toBytes(), at, limit + skipped);
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
    // In one order on every node, so that two batches never wait for each other in a circle.
    List<Object[]> ordered =
        uses.stream()
            .sorted(Comparator.comparing(KeyUse::tag))
            .map(use -> new Object[] {use.at(), use.from(), use.tag(), use.at()})
            .toList();
    for (int from = 0; from < ordered.size(); from += PORTION) {
      List<Object[]> portion = ordered.subList(from, Math.min(from + PORTION, ordered.size()));
      transactions.atomically(
          "record when keys were used",
          session -> {
            session.updateEach(Sql.RECORD_USE, portion);
            return portion.size();
          });
    }
  }

  @Override
  public int purge(Duration retention) {
    Instant deadBefore = now().minus(retention);
    Instant from = Instant.EPOCH; // not where rows stand that are kept
    int purged = 0;
    List<Dead> portion;
    do {
      portion = purge(from, deadBefore);
      purged += portion.size();
      from = portion.isEmpty() ? from : portion.get(portion.size() - 1).at();
    } while (portion.size() == PORTION);
    return purged;
  }

  private record Dead(KeyHash hash, Instant at) {}

  private List<Dead> purge(Instant from, Instant deadBefore) {
    return transactions.atomically(
        "purge dead keys",
        session -> {
          List<Dead> dead =
              session.select(
                  Sql.DEAD,
                  row -> new Dead(KeyRow.hash(row), deletedAt(row, from)),
                  from,
                  deadBefore,
                  PORTION);
          session.updateEach(
              Sql.FORGET, dead.stream().map(key -> new Object[] {key.hash().toBytes()}).toList());
          return dead;
        });
  }

  /** By which the next portion is found; a row in which it cannot be read goes all the same. */
  private static Instant deletedAt(ResultSet row, Instant otherwise) throws SQLException {
    try {
      return Session.instant(row, "deleted_at");
    } catch (SQLDataException e) {
      return otherwise;
    }
  }

  @Override
  public void close() {
    source.close().run();
    end.run();
  }
}
