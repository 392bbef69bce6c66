package dev.latchkey.store.jdbc;

import dev.latchkey.key.KeyHash;
import dev.latchkey.store.ApiKeyStore;
import dev.latchkey.store.Change;
import dev.latchkey.store.FoundKey;
import dev.latchkey.store.KeyEdit;
import dev.latchkey.store.KeyUse;
import dev.latchkey.store.RecentUse;
import dev.latchkey.store.StoreException;
import dev.latchkey.store.StoredKey;
import dev.latchkey.store.jdbc.Transactions.Work;
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
   * @param end what remains to be done after {@link #close}
   * @throws IllegalArgumentException naming the setting that is wrong
   * @throws StoreException if the database cannot be reached, or has no usable schema
   */
  static JdbcApiKeyStore connect(JdbcSettings settings, Runnable end) {
    ConnectionSource source = ConnectionSource.open(settings);
    try {
      Transactions transactions =
          new Transactions(
              source, settings.jdbcTimeout(), Math.max(1, settings.jdbcPoolSize() / 2));
      Vendor vendor =
          transactions.readAnew(
              "be reached at " + settings.place(), session -> Vendor.of(session.connection()));
      new Schema(transactions, vendor).prepare(source, settings.schemaMigration());
      return new JdbcApiKeyStore(source, transactions, vendor, end);
    } catch (RuntimeException | Error e) { // such as a Flyway that is missing
      source.close().run();
      throw e;
    }
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
                    unreadable.or(
                        row -> FoundKey.unreadable(KeyRow.hash(row)), JdbcApiKeyStore::found),
                    values))
        .forEach(key -> found.put(key.key().hash(), key));
    return found;
  }

  private static FoundKey found(ResultSet row) throws SQLException {
    boolean ownerDisabled = row.getString("disabled_at") != null;
    return new FoundKey(KeyRow.key(row), Session.instant(row, "changed_at"), ownerDisabled);
  }

  /** The same with the last one repeated, to the next power of two. */
  private static Object[] padded(Object[] values) {
    int length = Integer.highestOneBit(values.length);
    Object[] padded = Arrays.copyOf(values, length == values.length ? length : 2 * length);
    Arrays.fill(padded, values.length, padded.length, values[values.length - 1]);
    return padded;
  }

  @Override
  public List<StoredKey> findByOwner(String owner) {
    return transactions
        .read(
            "list an owner's keys",
            session ->
                session.select(
                    Sql.FIND_BY_OWNER,
                    unreadable.or(
                        row -> Optional.<StoredKey>empty(), row -> Optional.of(KeyRow.key(row))),
                    owner))
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public Optional<StoredKey> find(String owner, String tag) {
    return transactions
        .read("find a key", s -> s.select(Sql.FIND, KeyRow::key, owner, tag))
        .stream()
        .findFirst();
  }

  @Override
  public boolean add(StoredKey key, int maxKeys) {
    return withOwner("add a key", key.owner(), s -> add(s, key, maxKeys));
  }

  private boolean add(Session session, StoredKey key, int maxKeys) throws SQLException {
    List<Integer> taken = session.select(Sql.SLOTS, row -> row.getInt(1), key.owner());
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
            if (key.slot() > 0) {
              dead.addAll(buryPredecessor(session, owner, key));
            }
            bury(session, key);
            dead.add(key.hash());
          }
          return dead;
        });
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
    return session.select(Sql.LOCK_KEY, Locked::read, owner, tag).stream()
        .filter(key -> key.slot() > 0)
        .findFirst();
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
    // A step of its own: whoever has read a key in the state before has read one that the owner had
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
          List<KeyHash> dead =
              session.select(Sql.LOCK_ALL, Locked::read, owner).stream().map(Locked::hash).toList();
          session.update(sql.buryKeysOfOwner, owner); // after the locks: see edit
          session.update(Sql.DELETE_OWNER, owner);
          return dead;
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
    return transactions.read(
        "tell what changed",
        session ->
            session.select(
                Sql.CHANGES,
                row -> new Change(Session.instant(row, "changed_at"), KeyRow.hash(row)),
                after.at(),
                after.hash().toBytes(),
                after.at(),
                limit));
  }

  @Override
  public List<RecentUse> recentUses(RecentUse after, int limit) {
    return transactions.read(
        "tell what was used last",
        session ->
            session.select(
                Sql.RECENT_USES,
                row -> new RecentUse(Session.instant(row, "last_used_at"), KeyRow.hash(row)),
                after.at(),
                after.hash().toBytes(),
                after.at(),
                limit));
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
                  row -> new Dead(KeyRow.hash(row), Session.instant(row, "deleted_at")),
                  from,
                  deadBefore,
                  PORTION);
          session.updateEach(
              Sql.FORGET, dead.stream().map(key -> new Object[] {key.hash().toBytes()}).toList());
          return dead;
        });
  }

  @Override
  public void close() {
    source.close().run();
    end.run();
  }
}
