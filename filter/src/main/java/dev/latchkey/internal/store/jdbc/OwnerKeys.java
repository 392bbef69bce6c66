package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.KeyEdit;
import dev.latchkey.internal.store.StoredEvent;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.manage.KeyOperationException;
import dev.latchkey.manage.KeyOperationException.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes the keys of one owner, within the transaction of a session, and tells the audit. To add
 * keys, or to end all of an owner's, lock the owner's row first, so that one sees what the other
 * did.
 */
final class OwnerKeys {
  /** Much longer than other nodes need to learn of a change. */
  private static final Duration LONG_AGO = Duration.ofHours(1);

  private final Session session;
  private final AuditTrail trail;
  private final String owner;

  private OwnerKeys(Session session, AuditTrail trail, String owner) {
    this.session = session;
    this.trail = trail;
    this.owner = owner;
  }

  static OwnerKeys of(Session session, AuditTrail trail, String owner) {
    return new OwnerKeys(session, trail, owner);
  }

  /**
   * What the owner's row says, which is locked.
   *
   * @param isNew whether there was none until now
   */
  record OwnerRow(boolean isNew, boolean isDisabled) {}

  /** Locks the owner's row, and makes it if there is none. */
  OwnerRow lockOwner() throws SQLException {
    Optional<OwnerRow> row = lockOwnerIfThere();
    if (row.isPresent()) {
      return row.get();
    }
    session.connection().rollback(); // the gap is locked, which makes inserts deadlock
    insert(session, Sql.ADD_OWNER, owner);
    return new OwnerRow(true, false);
  }

  private Optional<OwnerRow> lockOwnerIfThere() throws SQLException {
    return session
        .select(Sql.LOCK_OWNER, row -> new OwnerRow(false, row.getBoolean("disabled")), owner)
        .stream()
        .findFirst();
  }

  private void lockEnabledOwner() throws SQLException {
    if (lockOwner().isDisabled()) {
      throw new KeyOperationException(Reason.OWNER_DISABLED);
    }
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

  List<KeyHash> add(StoredKey key, int maxKeys, boolean asService) throws SQLException {
    lockEnabledOwner();
    List<Integer> taken = new ArrayList<>();
    for (Slot slot : session.select(Sql.SLOTS, Slot::read, owner)) {
      if (slot.deleted()) {
        delete(slot.key());
      } else {
        taken.add(slot.key().slot());
      }
    }
    if (taken.size() >= maxKeys) {
      return List.of();
    }
    int free = 1;
    while (taken.contains(free)) {
      free++;
    }
    insert(key, free);
    trail.keyAdded(key, asService);
    if (asService) {
      session.update(Sql.ADD_SERVICE_OWNER, owner);
    }
    return List.of(key.hash());
  }

  /**
   * A slot that is taken.
   *
   * @param deleted whether its key is dated as deleted, by hand, and so in the way
   */
  private record Slot(LockedKey key, boolean deleted) {
    static Slot read(ResultSet row) throws SQLException {
      return new Slot(LockedKey.read(row), row.getBoolean("deleted"));
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
        KeyRow.hintEnd(key.hint()),
        key.description(),
        key.createdAt(),
        key.createdAt(),
        key.expiresAt(),
        KeyRow.column(key.scopes()),
        slot);
  }

  List<KeyHash> addInPlaceOf(String oldTag, StoredKey key) throws SQLException {
    lockEnabledOwner();
    Optional<LockedKey> old = lockCurrent(oldTag);
    if (old.isEmpty()) {
      return List.of();
    }
    List<KeyHash> changed = delete(old.get());
    insert(key, old.get().slot());
    trail.keyAdded(key, false);
    changed.add(key.hash());
    return changed;
  }

  List<KeyHash> reissue(String oldTag, StoredKey key, @Nullable Instant oldRetiresAt)
      throws SQLException {
    lockOwner();
    Optional<LockedKey> old = lockCurrent(oldTag);
    if (old.isEmpty()) {
      return List.of();
    }
    List<KeyHash> changed = deletePredecessor(old.get());
    if (oldRetiresAt == null) {
      softDelete(old.get());
    } else {
      session.update(Sql.RETIRE, oldRetiresAt, old.get().hash().toBytes());
    }
    changed.add(old.get().hash());
    insert(key, old.get().slot());
    changed.add(key.hash());
    trail.keyReissued(oldTag, key, oldRetiresAt);
    return changed;
  }

  List<KeyHash> edit(String tag, KeyEdit edit, Instant now) throws SQLException {
    // Locked first: a statement is dated when it begins, not when it has waited for a lock, and a
    // change that is dated long ago is not seen by other nodes.
    Optional<StoredKey> before =
        session.select(Sql.LOCK_TO_EDIT, KeyRow::key, owner, tag).stream().findFirst();
    if (before.isEmpty() || (edit.expiresAt() != null && before.get().isExpired(now))) {
      return List.of();
    }
    StoredKey after = edit.applied(before.get());
    if (edit.narrowOnly() && KeyEdit.isWider(before.get(), after)) {
      throw new KeyOperationException(Reason.WIDER_THAN_BEFORE);
    }
    session.update(
        Sql.EDIT,
        after.description(),
        after.expiresAt(),
        KeyRow.column(after.scopes()),
        after.hash().toBytes());
    trail.keyEdited(before.get(), after);
    return List.of(after.hash());
  }

  List<KeyHash> delete(String tag) throws SQLException {
    List<KeyHash> dead = new ArrayList<>();
    for (LockedKey key : session.select(Sql.LOCK_KEY, LockedKey::read, owner, tag)) {
      dead.addAll(delete(key));
    }
    return dead;
  }

  private List<KeyHash> delete(LockedKey key) throws SQLException {
    List<KeyHash> dead = new ArrayList<>();
    if (key.slot() > 0) {
      dead.addAll(deletePredecessor(key));
    }
    softDelete(key);
    trail.keyDeleted(owner, key.tag());
    dead.add(key.hash());
    return dead;
  }

  /** Changes nothing if it is so already: what asks again after a failure makes no event. */
  boolean setDisabled(boolean disabled) throws SQLException {
    if (!disabled && lockOwnerIfThere().filter(OwnerRow::isDisabled).isEmpty()) {
      return false;
    }
    if (disabled && lockOwner().isDisabled()) {
      return false;
    }
    session.update(disabled ? Sql.DISABLE_OWNER : Sql.ENABLE_OWNER, owner);
    trail.owner(disabled ? StoredEvent.OWNER_DISABLED : StoredEvent.OWNER_ENABLED, owner);
    return true;
  }

  int addService() throws SQLException {
    lockOwner();
    return session.update(Sql.ADD_SERVICE_OWNER, owner);
  }

  List<KeyHash> bumpVersion() throws SQLException {
    List<KeyHash> hashes =
        LockedKey.hashes(session.select(Sql.LOCK_LIVE_KEYS_OF_OWNER, LockedKey::read, owner));
    session.update(Sql.BUMP_VERSION_OF_OWNER, owner); // after the locks: see edit
    return hashes;
  }

  List<KeyHash> deleteAll() throws SQLException {
    boolean isNew = lockOwner().isNew();
    List<LockedKey> keys = lockAll();
    session.update(Sql.SOFT_DELETE_KEYS_OF_OWNER, owner); // after the locks: see edit
    session.update(Sql.DELETE_OWNER, owner);
    for (LockedKey key : keys) {
      if (key.slot() != LockedKey.NO_SLOT) {
        trail.keyRevoked(owner, key.tag(), StoredEvent.OWNER_DELETED);
        isNew = false;
      }
    }
    if (!isNew) {
      trail.owner(StoredEvent.OWNER_DELETED, owner);
    }
    return LockedKey.hashes(keys);
  }

  /** Those that were deleted long ago, all nodes know of. */
  private List<LockedKey> lockAll() throws SQLException {
    return session.select(
        Sql.LOCK_KEYS_OF_OWNER, LockedKey::read, owner, session.now().minus(LONG_AGO));
  }

  private Optional<LockedKey> lockCurrent(String tag) throws SQLException {
    return session.select(Sql.LOCK_CURRENT, LockedKey::read, owner, tag).stream().findFirst();
  }

  private void softDelete(LockedKey key) throws SQLException {
    session.update(Sql.SOFT_DELETE, key.hash().toBytes());
  }

  private List<KeyHash> deletePredecessor(LockedKey current) throws SQLException {
    List<KeyHash> dead = new ArrayList<>();
    for (LockedKey key : session.select(Sql.LOCK_SLOT, LockedKey::read, owner, -current.slot())) {
      softDelete(key);
      trail.keyDeleted(owner, key.tag());
      dead.add(key.hash());
    }
    return dead;
  }
}
