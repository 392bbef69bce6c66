package dev.latchkey.manage;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.ApiKeyStore;
import java.util.function.Consumer;

/**
 * What the application tells of the accounts that keys belong to. Every method throws {@link
 * StoreException} if the store cannot answer, and {@link InvalidValueException} if nobody can have
 * the name.
 *
 * <p>Thread-safe.
 */
public final class OwnerEvents {
  private final ApiKeyStore store;
  private final Consumer<KeyHash> evict;

  /**
   * Events for a store.
   *
   * @param evict makes this node forget what it cached of a hash
   */
  public OwnerEvents(ApiKeyStore store, Consumer<KeyHash> evict) {
    this.store = store;
    this.evict = evict;
  }

  /** From its return on, this node refuses all keys of the owner, those of the future included. */
  public void disabled(String owner) {
    store.setOwnerDisabled(OwnerText.owner(owner), true).forEach(evict);
  }

  /** The owner's keys count again as they did before. */
  public void enabled(String owner) {
    store.setOwnerDisabled(OwnerText.owner(owner), false).forEach(evict);
  }

  /** Deletes the owner's keys, and all else that is kept of the owner; this node refuses them. */
  public void deleted(String owner) {
    store.deleteOwner(OwnerText.owner(owner)).forEach(evict);
  }
}
