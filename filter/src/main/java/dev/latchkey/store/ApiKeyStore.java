package dev.latchkey.store;

import dev.latchkey.key.KeyHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps keys, by the hash of their secret.
 *
 * <p>An owner has a limited number of slots, and a key takes one. A reissued key gives its slot to
 * its successor and stays beside it, as its <em>predecessor</em>, until its grace is over; there is
 * at most one predecessor a slot. A deleted key is found no more.
 *
 * <p>Each method is one atomic step, whoever else is at work on whatever node. Owners and tags
 * compare as they are, byte by byte. Instants are kept to the microsecond.
 *
 * <p>Implementations are thread-safe. Every method throws {@link StoreException} when the store
 * cannot answer; a change may then have happened or not.
 */
public interface ApiKeyStore extends AutoCloseable {
  /** The key with this hash: current, or a predecessor, expired or not. */
  Optional<FoundKey> findByHash(KeyHash hash);

  /** The owner's current keys, newest first. */
  List<StoredKey> findByOwner(String owner);

  /** The owner's key with this tag: current, or a predecessor. */
  Optional<StoredKey> find(String owner, String tag);

  /**
   * Adds a key if the owner has fewer than {@code maxKeys} current ones.
   *
   * @return whether there was room
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
   * @return whether there was such a key
   */
  boolean edit(String owner, String tag, KeyEdit edit, Instant now);

  /**
   * Deletes the owner's key with this tag; with a current key goes its predecessor.
   *
   * @return the hashes that died; empty if there was no such key
   */
  List<KeyHash> delete(String owner, String tag);

  /**
   * The hashes whose answer may have changed within the last stretch of time, by the store's own
   * clock, each with the instant of its last change: keys that were added, edited, replaced or
   * deleted, but not those that were only used. A change counts from when it was begun, which may
   * be some time before it can be seen; so stretches must overlap generously.
   */
  Map<KeyHash, Instant> changes(Duration within);

  /** Notes when keys were last used. An older use never overwrites a newer one. */
  void recordUses(Collection<KeyUse> uses);

  /**
   * Forgets keys that have been dead since before an instant. It takes them in bounded portions, so
   * that no lock is held long.
   *
   * @return how many
   */
  int purge(Instant deadBefore);

  @Override
  void close();
}
