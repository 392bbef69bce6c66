package dev.latchkey.internal.store;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
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

  /** Returns the owner's current keys, newest first. */
  List<StoredKey> findByOwner(String owner);

  /** Returns the owner's key with this tag: current, or a predecessor. */
  Optional<StoredKey> find(String owner, String tag);

  /**
   * Adds a key if the owner has fewer than {@code maxKeys} current ones.
   *
   * @return true if there was room
   */
  boolean add(StoredKey key, int maxKeys);

  /**
   * Puts a key into the slot of a current one of the same owner. The old one becomes its
   * predecessor until {@code oldRetiresAt}, or is deleted if that is null. A predecessor that the
   * old one had is deleted.
   *
   * @return the hashes that now stand for something else than before; empty if the owner has no
   *     such current key, and then nothing was done
   */
  List<KeyHash> replace(String oldTag, StoredKey key, @Nullable Instant oldRetiresAt);

  /**
   * Changes a current key. An expiry is changed only while the key is not expired.
   *
   * @param now what the present expiry is judged against
   * @return true if there was such a key
   */
  boolean edit(String owner, String tag, KeyEdit edit, Instant now);

  /**
   * Deletes the owner's key with this tag, even if it cannot be read; with a current key goes its
   * predecessor.
   *
   * @return the hashes that died; empty if there was no such key
   */
  List<KeyHash> delete(String owner, String tag);

  /**
   * Lets all keys of an owner count or not, those that are added later included. It happens even if
   * the owner has no key.
   *
   * @return the hashes whose answer may be another now
   */
  List<KeyHash> setOwnerDisabled(String owner, boolean disabled);

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
   * @return all hashes that the owner had, those included that were deleted before, of which a
   *     cache may not know yet
   */
  List<KeyHash> deleteOwner(String owner);

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
