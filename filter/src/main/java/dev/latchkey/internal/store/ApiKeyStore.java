package dev.latchkey.internal.store;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.KeyOperationException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps keys, by the hash of their secret.
 *
 * <p>An owner has a limited number of slots, and a key takes one. A reissued key gives its slot to
 * its successor and stays beside it, as its <em>predecessor</em>, until its grace is over; there is
 * at most one predecessor a slot. A deleted key is found no more.
 *
 * <p>Each method is one atomic step, also beside others on any node; only {@link #recordUses} and
 * {@link #purge} work in portions. Owners and tags compare as they are, byte by byte. Instants are
 * kept to the microsecond.
 *
 * <p>Implementations are thread-safe. Every method throws {@link StoreException} when the store
 * cannot answer; whether a change may have been made then, {@link StoreException#isOutcomeUnknown}
 * tells.
 *
 * <p>A change of keys, or of what is kept of an owner, writes its events in its own transaction:
 * both are there or neither.
 */
public interface ApiKeyStore extends AutoCloseable {
  /** How many hashes, or owners, may be looked up at once. */
  int MAX_HASHES = 512;

  /** Returns which database it is; empty if it is none. */
  default Optional<DatabaseInfo> database() {
    return Optional.empty();
  }

  /**
   * Returns the keys with these hashes: current, or predecessors, expired or not. A hash without a
   * key is left out.
   *
   * @param hashes at most {@link #MAX_HASHES}
   */
  Map<KeyHash, KeySnapshot> findByHashes(Collection<KeyHash> hashes);

  /** Returns what is for administrators. */
  AdministrationStore administration();

  /** Returns the owner's current keys, newest first. */
  List<StoredKey> findByOwner(String owner);

  /** Returns the owner's key with this tag: current, or a predecessor. */
  Optional<StoredKey> find(String owner, String tag);

  /**
   * Adds a key if the owner has fewer than {@code maxKeys} current ones.
   *
   * @param asService whether the owner becomes a service with it
   * @return what it did; nothing if there was no room. For a service it may be unfinished
   * @throws KeyOperationException if the owner is disabled
   */
  Changed add(StoredKey key, int maxKeys, boolean asService, Actor by);

  /**
   * Adds a key in the place of a current one of the same owner, which is deleted.
   *
   * @return what it did; nothing if the owner has no such current key
   * @throws KeyOperationException if the owner is disabled
   */
  Changed addInPlaceOf(String oldTag, StoredKey key, Actor by);

  /**
   * Puts a key into the slot of a current one of the same owner. The old one becomes its
   * predecessor until {@code oldRetiresAt}, or is deleted if that is null. A predecessor that the
   * old one had is deleted.
   *
   * @return what it did; nothing if the owner has no such current key
   */
  Changed reissue(String oldTag, StoredKey key, @Nullable Instant oldRetiresAt, Actor by);

  /**
   * Changes a current key. An expiry is changed only while the key is not expired.
   *
   * @param now what the present expiry is judged against
   * @return what it did; nothing if there was no such key
   * @throws KeyOperationException if it would give the key more than it may
   */
  Changed edit(String owner, String tag, KeyEdit edit, Instant now, Actor by);

  /**
   * Deletes the owner's key with this tag, even if it cannot be read; with a current key goes its
   * predecessor.
   *
   * @return what it did: the hashes died; nothing if there was no such key
   */
  Changed delete(String owner, String tag, Actor by);

  /**
   * Lets all keys of an owner count or not, those that are added later included. It happens even if
   * the owner has no key.
   *
   * @return what it did, to the hashes of all of the owner's keys; no event if it was so before. It
   *     may be unfinished
   */
  Changed setOwnerDisabled(String owner, boolean disabled, Actor by);

  /**
   * Makes an owner a service: one whom the application need not know, until the owner is deleted.
   *
   * @return the hashes whose answer may be another now
   */
  List<KeyHash> addServiceOwner(String owner);

  /**
   * Makes a service an owner like others again.
   *
   * @return the hashes of the owner's keys
   */
  List<KeyHash> removeServiceOwner(String owner);

  /**
   * Deletes all keys of an owner, and all else that is kept of the owner: an account that gets the
   * name later starts with nothing. A key that is added, or put into another's place, beside it is
   * deleted, too, or comes after it.
   *
   * @return what it did, with all hashes that the owner had, those included that were deleted
   *     before, of which a cache may not know yet; no event if nothing was kept of the owner
   */
  Changed deleteOwner(String owner, Actor by);

  /** Returns the time by the store's own clock, which changes are dated by. */
  Instant now();

  /**
   * Returns what changed after a place in the order of changes, by their instants and then by their
   * hashes: keys that were added, edited, replaced or deleted, or whose owner was disabled or
   * enabled, but not those that were only used. Of each key the last change is told. A change is
   * dated when it is begun, which may be some time before it can be seen; so questions must reach
   * back well before the last one.
   *
   * @param limit how many to tell at most; if it is so many, ask again after the last
   */
  List<Change> changes(Change after, int limit);

  /** Notes when keys were last used. An older use never overwrites a newer one. */
  void recordUses(Collection<KeyUse> uses);

  /**
   * Returns keys in the order of their last uses, the latest first, and then of their hashes, the
   * greatest first: those that come after a place in this order. Keys that were never used are not
   * told, nor are deleted ones.
   *
   * @param limit how many to tell at most
   */
  List<RecentUse> recentUses(RecentUse after, int limit);

  /**
   * Forgets keys that were deleted longer ago than a time, by the store's own clock. A predecessor
   * is not deleted before its successor, even if its grace is over: when that is, each node judges
   * by its own clock. It takes them in bounded portions, so that no lock is held long.
   *
   * @return how many
   */
  int purge(Duration retention);

  /**
   * Asks the application's own tables for roles. Owners compare as they are, byte by byte, whatever
   * the database says.
   *
   * @param query has the owner in its first column and a role in its second
   * @param owners at most {@link #MAX_HASHES}
   * @return the roles of those who have any
   * @throws IllegalArgumentException if the database rejects the query
   */
  Map<String, Set<String>> findRoles(OwnerQuery query, Collection<String> owners);

  /**
   * Asks the application's own tables which owners there are. Owners compare as they are, byte by
   * byte, whatever the database says.
   *
   * @param query has the owner in its first column
   * @param owners at most {@link #MAX_HASHES}
   * @throws IllegalArgumentException if the database rejects the query
   */
  Set<String> findOwners(OwnerQuery query, Collection<String> owners);

  @Override
  void close();
}
