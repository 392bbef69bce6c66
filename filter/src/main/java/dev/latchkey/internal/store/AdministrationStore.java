package dev.latchkey.internal.store;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.EventFilter;
import dev.latchkey.manage.KeyFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Lists all keys, owners and events for administrators, and revokes many keys at once.
 *
 * <p>Implementations are thread-safe. Every method throws {@link StoreException} when the store
 * cannot answer.
 */
public interface AdministrationStore {
  /** How many keys may be revoked at once. */
  int MAX_REVOKED = ApiKeyStore.MAX_HASHES;

  /** Returns the key with a tag, that is not deleted. */
  Optional<StoredKey> find(String tag);

  /** Returns whose key has a tag, also if the key cannot be read. */
  Optional<String> ownerOf(String tag);

  /**
   * Returns keys that are not deleted, newest first. It looks at a bounded number of rows, and may
   * find fewer than there are.
   *
   * @param after where to begin: {@link Position#LAST}, or where the slice before ended
   * @param limit how many at most
   * @param now what is judged against: expiry, and the grace of reissued keys
   */
  Slice<StoredKey> keys(KeyFilter filter, Position after, int limit, Instant now);

  /**
   * Returns the reissued keys that some current keys have replaced and that have not been revoked
   * or deleted, by their successors. A key has the same predecessor for as long as it has one.
   *
   * @param hashes at most {@link #MAX_REVOKED}
   */
  Map<KeyHash, KeyHash> predecessors(Collection<KeyHash> hashes);

  /**
   * Revokes keys, in one transaction, even such as cannot be read. With a current key goes its
   * predecessor.
   *
   * @param hashes at most {@link #MAX_REVOKED}
   * @param how what the events are to say
   */
  Changed revoke(Collection<KeyHash> hashes, String how, Actor by);

  /** Returns what is kept of an owner. */
  OwnerState owner(String owner);

  /**
   * Returns events. It looks at a bounded number of rows, and may find fewer than there are.
   *
   * @param after where to begin: an end of all places, or where the slice before ended
   * @param limit how many at most
   */
  Slice<StoredEvent> events(EventFilter filter, Position after, boolean oldestFirst, int limit);

  /** Returns the place of the event that an owner was deleted last, if it is still kept. */
  Optional<Position> lastDeletion(String owner);

  /**
   * Forgets events that are older than a time, by the store's own clock, in bounded portions.
   *
   * @return how many
   */
  int purgeEvents(Duration retention);
}
