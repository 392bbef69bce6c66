package dev.latchkey.store.jdbc;

import static dev.latchkey.store.jdbc.Statements.bind;
import static dev.latchkey.store.jdbc.Statements.prepare;
import static dev.latchkey.store.jdbc.Statements.select;
import static dev.latchkey.store.jdbc.Statements.update;

import dev.latchkey.key.KeyHash;
import dev.latchkey.store.ApiKeyStore;
import dev.latchkey.store.Change;
import dev.latchkey.store.FoundKey;
import dev.latchkey.store.KeyEdit;
import dev.latchkey.store.KeyUse;
import dev.latchkey.store.RecentUse;
import dev.latchkey.store.StoreException;
import dev.latchkey.store.StoredKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keys in one table, over plain JDBC. The limit of keys an owner is kept by the unique constraint
 * on owner and slot: two nodes that add at once meet there, and one of them sees no room.
 */
final class JdbcApiKeyStore implements ApiKeyStore {
  private static final int PORTION = 500;
  private static final int MOST_SLOTS_LOST = 100;

  private final ConnectionSource source;
  private final Transactions transactions;
  private final Sql sql;
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
              source.dataSource(),
              settings.jdbcTimeout(),
              Math.max(1, settings.jdbcPoolSize() / 2));
      Vendor vendor = transactions.plainly("be reached at " + settings.place(), Vendor::of);
      Schema.prepare(source.dataSource(), vendor, settings.schemaMigration());
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
    return transactions.read(
        "look up keys",
        connection -> {
          try (PreparedStatement statement =
                  prepare(connection, Sql.findByHashes(values.length), values);
              ResultSet rows = statement.executeQuery()) {
            Map<KeyHash, FoundKey> found = new HashMap<>();
            while (rows.next()) {
              KeyRow row = KeyRow.read(rows);
              boolean ownerDisabled = rows.getString("disabled_at") != null;
              found.put(row.key().hash(), new FoundKey(row.key(), row.changedAt(), ownerDisabled));
            }
            return found;
          }
        });
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
    return transactions.read(
        "list an owner's keys",
        connection ->
            select(connection, Sql.FIND_BY_OWNER, owner).stream().map(KeyRow::key).toList());
  }

  @Override
  public Optional<StoredKey> find(String owner, String tag) {
    return transactions.read(
        "find a key",
        connection ->
            select(connection, Sql.FIND, owner, tag).stream().map(KeyRow::key).findFirst());
  }

  @Override
  public boolean add(StoredKey key, int maxKeys) {
    return transactions.plainly("add a key", connection -> add(connection, key, maxKeys));
  }

  private boolean add(Connection connection, StoredKey key, int maxKeys) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      Set<Integer> taken = slotsTaken(connection, key.owner());
      if (taken.size() >= maxKeys) {
        return false;
      }
      int free = 1;
      while (taken.contains(free)) {
        free++;
      }
      try {
        insert(connection, key, free);
        return true;
      } catch (SQLException e) {
        // Another add took the slot first. That it happens so often is next to impossible.
        if (!Transactions.isDuplicate(e) || attempt == maxKeys + MOST_SLOTS_LOST) {
          throw e;
        }
      }
    }
  }

  private Set<Integer> slotsTaken(Connection connection, String owner) throws SQLException {
    try (PreparedStatement statement = prepare(connection, Sql.SLOTS, owner);
        ResultSet rows = statement.executeQuery()) {
      Set<Integer> taken = new HashSet<>();
      while (rows.next()) {
        taken.add(rows.getInt(1));
      }
      return taken;
    }
  }

  private void insert(Connection connection, StoredKey key, int slot) throws SQLException {
    update(
        connection,
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
    return transactions.atomically(
        "replace a key",
        connection -> {
          Optional<KeyRow> old = current(connection, key.owner(), oldTag);
          if (old.isEmpty()) {
            return List.of();
          }
          int slot = old.get().slot();
          KeyHash hash = old.get().key().hash();
          List<KeyHash> changed = new ArrayList<>(buryPredecessor(connection, old.get()));
          if (oldRetiresAt == null) {
            bury(connection, hash);
          } else {
            update(connection, sql.retire, oldRetiresAt, hash.toBytes());
          }
          changed.add(hash);
          insert(connection, key, slot);
          return changed;
        });
  }

  @Override
  public boolean edit(String owner, String tag, KeyEdit edit, Instant now) {
    return transactions.atomically(
        "edit a key",
        connection -> {
          // Locked first: a statement is dated when it begins, not when it has waited for a lock,
          // and a change that is dated long ago is not seen by other nodes.
          if (current(connection, owner, tag).isEmpty()) {
            return false;
          }
          int rows =
              edit.expiresAt() == null
                  ? edit.description() == null
                      ? 1
                      : update(connection, sql.editDescription, edit.description(), owner, tag)
                  : update(
                      connection,
                      sql.editExpiry,
                      edit.description(),
                      edit.expiresAt(),
                      owner,
                      tag,
                      now);
          return rows == 1;
        });
  }

  @Override
  public List<KeyHash> delete(String owner, String tag) {
    return transactions.atomically(
        "delete a key",
        connection -> {
          Optional<KeyRow> row = select(connection, Sql.LOCK, owner, tag).stream().findFirst();
          if (row.isEmpty()) {
            return List.of();
          }
          List<KeyHash> dead = new ArrayList<>();
          if (row.get().slot() > 0) {
            dead.addAll(buryPredecessor(connection, row.get()));
          }
          bury(connection, row.get().key().hash());
          dead.add(row.get().key().hash());
          return dead;
        });
  }

  private Optional<KeyRow> current(Connection connection, String owner, String tag)
      throws SQLException {
    return select(connection, Sql.LOCK, owner, tag).stream()
        .filter(row -> row.slot() > 0)
        .findFirst();
  }

  private void bury(Connection connection, KeyHash hash) throws SQLException {
    update(connection, sql.bury, hash.toBytes());
  }

  private List<KeyHash> buryPredecessor(Connection connection, KeyRow current) throws SQLException {
    List<KeyHash> dead = new ArrayList<>();
    for (KeyRow row : select(connection, Sql.LOCK_SLOT, current.key().owner(), -current.slot())) {
      bury(connection, row.key().hash());
      dead.add(row.key().hash());
    }
    return dead;
  }

  @Override
  public List<KeyHash> setOwnerDisabled(String owner, boolean disabled) {
    if (disabled) {
      disable(owner);
    } else {
      transactions.plainly("enable an owner", c -> update(c, Sql.ENABLE_OWNER, owner));
    }
    // A step of its own: whoever has read a key in the state before has read one that the owner had
    // before, and so is found here, whatever the isolation. A step that fails can be taken again.
    return transactions.atomically(
        "tell that an owner's keys changed",
        connection -> {
          List<KeyHash> hashes = new ArrayList<>();
          try (PreparedStatement statement = prepare(connection, Sql.LOCK_HASHES_OF_OWNER, owner);
              ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              hashes.add(KeyHash.of(rows.getBytes(1)));
            }
          }
          update(connection, sql.dateKeysOfOwner, owner); // after the locks: see edit
          return hashes;
        });
  }

  private void disable(String owner) {
    transactions.plainly(
        "disable an owner",
        connection -> {
          try {
            return update(connection, sql.disableOwner, owner);
          } catch (SQLException e) {
            if (!Transactions.isDuplicate(e)) {
              throw e;
            }
            return 0; // already disabled
          }
        });
  }

  @Override
  public Instant now() {
    return transactions.read(
        "tell its time",
        connection -> {
          try (PreparedStatement statement = prepare(connection, sql.selectNow);
              ResultSet rows = statement.executeQuery()) {
            rows.next();
            return Statements.instant(rows, 1);
          }
        });
  }

  @Override
  public List<Change> changes(Change after, int limit) {
    return transactions.read(
        "tell what changed",
        connection -> after(connection, Sql.CHANGES, after.at(), after.hash(), limit, Change::new));
  }

  @Override
  public List<RecentUse> recentUses(RecentUse after, int limit) {
    return transactions.read(
        "tell what was used last",
        connection ->
            after(connection, Sql.RECENT_USES, after.at(), after.hash(), limit, RecentUse::new));
  }

  /** What comes after a place in an order of instants and then of hashes. */
  private static <T> List<T> after(
      Connection connection,
      String query,
      Instant at,
      KeyHash hash,
      int limit,
      BiFunction<Instant, KeyHash, T> make)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, query, at, hash.toBytes(), at, limit);
        ResultSet rows = statement.executeQuery()) {
      List<T> places = new ArrayList<>();
      while (rows.next()) {
        places.add(make.apply(Statements.instant(rows, 1), KeyHash.of(rows.getBytes(2))));
      }
      return places;
    }
  }

  @Override
  public void recordUses(Collection<KeyUse> uses) {
    // In one order on every node, so that two batches never wait for each other in a circle.
    List<KeyUse> ordered = uses.stream().sorted(Comparator.comparing(KeyUse::tag)).toList();
    for (int from = 0; from < ordered.size(); from += PORTION) {
      List<KeyUse> portion = ordered.subList(from, Math.min(from + PORTION, ordered.size()));
      transactions.atomically(
          "record when keys were used",
          connection -> {
            try (PreparedStatement statement = connection.prepareStatement(Sql.RECORD_USE)) {
              for (KeyUse use : portion) {
                bind(statement, use.at(), use.from(), use.tag(), use.at());
                statement.addBatch();
              }
              return statement.executeBatch();
            }
          });
    }
  }

  @Override
  public int purge(Instant deadBefore) {
    int purged = 0;
    int portion;
    do {
      portion = transactions.atomically("purge dead keys", c -> purgePortion(c, deadBefore));
      purged += portion;
    } while (portion == PORTION);
    return purged;
  }

  private static int purgePortion(Connection connection, Instant deadBefore) throws SQLException {
    try (PreparedStatement dead = prepare(connection, Sql.DEAD, deadBefore);
        PreparedStatement forget = connection.prepareStatement(Sql.FORGET)) {
      dead.setMaxRows(PORTION);
      int portion = 0;
      try (ResultSet rows = dead.executeQuery()) {
        while (rows.next()) {
          bind(forget, rows.getBytes(1));
          forget.addBatch();
          portion++;
        }
      }
      if (portion > 0) {
        forget.executeBatch();
      }
      return portion;
    }
  }

  @Override
  public void close() {
    source.close().run();
    end.run();
  }
}
