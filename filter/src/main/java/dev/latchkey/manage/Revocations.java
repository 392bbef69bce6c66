package dev.latchkey.manage;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.KeySnapshot;
import dev.latchkey.internal.store.StoredKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Revokes keys, whatever their owners.
 *
 * <p>Thread-safe.
 */
public final class Revocations {
  private final ApiKeyStore store;
  private final Clock clock;
  private final Consumer<KeyHash> evict;

  /**
   * Revocations in a store.
   *
   * @param clock what expiry is judged by
   * @param evict makes this node forget what it cached of a hash
   */
  public Revocations(ApiKeyStore store, Clock clock, Consumer<KeyHash> evict) {
    this.store = store;
    this.clock = clock;
    this.evict = evict;
  }

  /**
   * Deletes a key, and its predecessor. One that has expired by our clock is deleted, too, since
   * another node's may say otherwise, and one that cannot be read counts as alive.
   *
   * @return true if it was alive until now
   * @throws StoreException if the store cannot answer
   */
  public boolean revoke(KeyHash hash) {
    KeySnapshot found = store.findByHashes(List.of(hash)).get(hash);
    boolean wasAlive = found != null && delete(found.key()) && isAlive(found);
    evict.accept(hash); // though another node deleted it, and the feed has not told us yet
    return wasAlive;
  }

  private boolean delete(StoredKey key) {
    List<KeyHash> dead = store.delete(key.owner(), key.tag());
    dead.forEach(evict);
    return dead.contains(key.hash());
  }

  private boolean isAlive(KeySnapshot found) {
    Instant now = clock.instant();
    return !found.readable() || (!found.key().isExpired(now) && !found.key().isRetired(now));
  }
}
