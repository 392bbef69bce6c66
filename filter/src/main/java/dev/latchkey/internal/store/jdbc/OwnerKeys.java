package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.KeyEdit;
import dev.latchkey.internal.store.StoredKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes the keys of one owner, within the transaction of a session. To add keys, or to end all of
 * an owner's, lock the owner's row first, so that one sees what the other did.
 */
final class OwnerKeys {
  private final Session session;
  private final String owner;

  private OwnerKeys(Session session, String owner) {
    this.session = session;
    this.owner = owner;
  }

  static OwnerKeys of(Session session, String owner) {
    return new OwnerKeys(session, owner);
  }

  /** Locks the owner's row, and makes it if there is none. */
  static OwnerKeys lock(Session session, String owner) throws SQLException {
    if (session.select(Sql.LOCK_OWNER, row -> row.getString(1), owner).isEmpty()) {
      session.connection().rollback(); // the gap is locked, which makes inserts deadlock
      insert(session, Sql.ADD_OWNER, owner);
    }
    return of(session, owner);
  }

  /**
   * Inserts a row, unless another was first: then the whole transaction begins again, since some
   * databases do nothing more in one that has failed.
   */
  private static void insert(Session session, String statement, @Nullable Object... values)
      throws SQLException {
    try {
      session.update(statement, values);
    } catch (SQLException e) {
      throw SqlFailures.isDuplicate(e) ? SqlFailures.lostRace(e) : e;
    }
  }

  boolean add(StoredKey key, int maxKeys) throws SQLException {
    List<Integer> taken = new ArrayList<>();
    for (Slot slot : session.select(Sql.SLOTS, Slot::read, owner)) {
      if (slot.deleted()) {
        delete(slot.key());
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
    insert(key, free);
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

  /**
   * Takes a slot that is free. Where a transaction sees all of the database as it was at its start,
   * as PostgreSQL's may, it need not see who took the slot while it waited for the owner's lock.
   */
  private void insert(StoredKey key, int slot) throws SQLException {
    insert(
        session,
        Sql.INSERT,
        key.hash().toBytes(),
        key.tag(),
        owner,
        key.hint(),
        key.description(),
        key.createdAt(),
        key.expiresAt(),
        KeyRow.column(key.scopes()),
        slot);
  }

  List<KeyHash> replace(String oldTag, StoredKey key, @Nullable Instant oldRetiresAt)
      throws SQLException {
    Optional<Locked> old = lockCurrent(oldTag);
    if (old.isEmpty()) {
      return List.of();
    }
    List<KeyHash> changed = softDeletePredecessor(old.get());
    if (oldRetiresAt == null) {
      softDelete(old.get());
    } else {
      session.update(Sql.RETIRE, oldRetiresAt, old.get().hash().toBytes());
    }
    changed.add(old.get().hash());
    insert(key, old.get().slot());
    return changed;
  }

  boolean edit(String tag, KeyEdit edit, Instant now) throws SQLException {
    // Locked first: a statement is dated when it begins, not when it has waited for a lock, and a
    // change that is dated long ago is not seen by other nodes.
    if (lockCurrent(tag).isEmpty()) {
      return false;
    }
    if (edit.expiresAt() != null) {
      if (session.update(Sql.EDIT_EXPIRY, edit.description(), edit.expiresAt(), owner, tag, now)
          == 0) {
        return false;
      }
    } else if (edit.description() != null) {
      session.update(Sql.EDIT_DESCRIPTION, edit.description(), owner, tag);
    }
    if (edit.scopes() != null) {
      session.update(Sql.EDIT_SCOPES, KeyRow.column(edit.scopes().scopes()), owner, tag);
    }
    return true;
  }

  List<KeyHash> delete(String tag) throws SQLException {
    List<KeyHash> dead = new ArrayList<>();
    for (Locked key : session.select(Sql.LOCK_KEY, Locked::read, owner, tag)) {
      dead.addAll(delete(key));
    }
    return dead;
  }

  private List<KeyHash> delete(Locked key) throws SQLException {
    List<KeyHash> dead = new ArrayList<>();
    if (key.slot() > 0) {
      dead.addAll(softDeletePredecessor(key));
    }
    softDelete(key);
    dead.add(key.hash());
    return dead;
  }

  int disable() throws SQLException {
    return session.update(Sql.DISABLE_OWNER, owner);
  }

  int addService() throws SQLException {
    return session.update(Sql.ADD_SERVICE_OWNER, owner);
  }

  List<KeyHash> bumpVersion() throws SQLException {
    List<KeyHash> hashes = lockHashes();
    session.update(Sql.BUMP_VERSION_OF_OWNER, owner); // after the locks: see edit
    return hashes;
  }

  List<KeyHash> deleteAll() throws SQLException {
    List<KeyHash> hashes = lockHashes();
    session.update(Sql.SOFT_DELETE_KEYS_OF_OWNER, owner); // after the locks: see edit
    session.update(Sql.DELETE_OWNER, owner);
    return hashes;
  }

  private List<KeyHash> lockHashes() throws SQLException {
    return session.select(Sql.LOCK_HASHES_OF_OWNER, KeyRow::hash, owner);
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

  private Optional<Locked> lockCurrent(String tag) throws SQLException {
    return session.select(Sql.LOCK_CURRENT, Locked::read, owner, tag).stream().findFirst();
  }

  private void softDelete(Locked key) throws SQLException {
    session.update(Sql.SOFT_DELETE, key.hash().toBytes());
  }

  private List<KeyHash> softDeletePredecessor(Locked current) throws SQLException {
    List<KeyHash> dead = new ArrayList<>();
    for (Locked key : session.select(Sql.LOCK_SLOT, Locked::read, owner, -current.slot())) {
      softDelete(key);
      dead.add(key.hash());
    }
    return dead;
  }
}
