package dev.latchkey.internal.manage;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.KeySnapshot;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.manage.InvalidValueException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Revokes keys for the application: one by its hash, or all of an owner. Every method throws {@link
 * StoreException} if the store cannot answer, and {@link InvalidValueException} if nobody can have
 * the owner's name. When one returns, this node rejects the keys.
 *
 * <p>Thread-safe.
 */
public final class Revocations {
  private final ApiKeyStore store;
  private final Clock clock;
  private final Consumer<KeyHash> invalidate;
  private final Consumer<String> invalidateOwner;

  /**
   * Creates revocations in a store.
   *
   * @param clock what expiry is judged by
   * @param invalidate takes a hash out of this node's cache
   * @param invalidateOwner makes this node ask about an owner again
   */
  public Revocations(
      ApiKeyStore store,
      Clock clock,
      Consumer<KeyHash> invalidate,
      Consumer<String> invalidateOwner) {
    this.store = store;
    this.clock = clock;
    this.invalidate = invalidate;
    this.invalidateOwner = invalidateOwner;
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
    invalidate.accept(hash); // though another node deleted it, and the feed has not told us yet
    return wasAlive;
  }

  /** Rejects all keys of the owner, later ones included. */
  public void disableOwner(String owner) {
    change(owner, name -> store.setOwnerDisabled(name, true));
  }

  /** Lets the owner's keys count again as they did before. */
  public void enableOwner(String owner) {
    change(owner, name -> store.setOwnerDisabled(name, false));
  }

  /** Makes the owner a service, whom the application need not know. */
  public void addServiceOwner(String owner) {
    change(owner, store::addServiceOwner);
  }

  /** Makes a service an owner like others again. */
  public void removeServiceOwner(String owner) {
    change(owner, store::removeServiceOwner);
  }

  /** Deletes the owner's keys, and all else that is kept of the owner. */
  public void deleteOwner(String owner) {
    change(owner, store::deleteOwner);
  }

  private void change(String owner, Function<String, List<KeyHash>> change) {
    List<KeyHash> changed = change.apply(InputValidation.owner(owner));
    invalidateOwner.accept(owner);
    changed.forEach(invalidate);
  }

  private boolean delete(StoredKey key) {
    List<KeyHash> dead = store.delete(key.owner(), key.tag());
    dead.forEach(invalidate);
    return dead.contains(key.hash());
  }

  private boolean isAlive(KeySnapshot found) {
    Instant now = clock.instant();
    return !found.readable() || (!found.key().isExpired(now) && !found.key().isRetired(now));
  }
}
