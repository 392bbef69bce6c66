package dev.latchkey.internal.manage;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Changed;
import dev.latchkey.internal.store.KeySnapshot;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.InvalidValueException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Revokes keys by their hashes, and changes what is kept of owners. Every method throws {@link
 * StoreException} if the store cannot answer, and {@link InvalidValueException} if nobody can have
 * the owner's name. When one returns, this node rejects the keys.
 *
 * <p>Thread-safe.
 */
public final class Revocations {
  private final ApiKeyStore store;
  private final Clock clock;
  private final Aftermath aftermath;

  /**
   * Creates revocations in a store.
   *
   * @param clock what expiry is judged by
   */
  public Revocations(ApiKeyStore store, Clock clock, Aftermath aftermath) {
    this.store = store;
    this.clock = clock;
    this.aftermath = aftermath;
  }

  /**
   * Revokes a key, and its predecessor. One that has expired by our clock is revoked, too, since
   * another node's may say otherwise, and one that cannot be read counts as alive.
   *
   * @param how what the events are to say
   * @return true if it was alive until now
   * @throws StoreException if the store cannot answer
   */
  public boolean revoke(KeyHash hash, String how, Actor by) {
    KeySnapshot found = store.findByHashes(List.of(hash)).get(hash);
    boolean wasAlive =
        found != null && revoke(List.of(hash), how, by).hashes().contains(hash) && isAlive(found);
    aftermath.ofHash(hash);
    return wasAlive;
  }

  /** Revokes several keys in one transaction, and their predecessors. */
  Changed revoke(Collection<KeyHash> hashes, String how, Actor by) {
    return aftermath.of(store.administration().revoke(hashes, how, by));
  }

  /** Rejects all keys of the owner, later ones included. */
  public void disableOwner(String owner, Actor by) {
    change(owner, name -> store.setOwnerDisabled(name, true, by));
  }

  /** Lets the owner's keys count again as they did before. */
  public void enableOwner(String owner, Actor by) {
    change(owner, name -> store.setOwnerDisabled(name, false, by));
  }

  /** Makes the owner a service, whom the application need not know. */
  public void addServiceOwner(String owner) {
    change(owner, name -> new Changed(store.addServiceOwner(name), List.of()));
  }

  /** Makes a service an owner like others again. */
  public void removeServiceOwner(String owner) {
    change(owner, name -> new Changed(store.removeServiceOwner(name), List.of()));
  }

  /** Deletes the owner's keys, and all else that is kept of the owner but the audit. */
  public void deleteOwner(String owner, Actor by) {
    change(owner, name -> store.deleteOwner(name, by));
  }

  /** Has this node look a key up again. */
  void forget(KeyHash hash) {
    aftermath.ofHash(hash);
  }

  /** Has this node ask about an owner again. */
  void forgetOwner(String owner) {
    aftermath.ofOwner(owner, new Changed(List.of(), List.of()));
  }

  private void change(String owner, Function<String, Changed> change) {
    aftermath.ofOwner(owner, change.apply(InputValidation.owner(owner)));
  }

  private boolean isAlive(KeySnapshot found) {
    Instant now = clock.instant();
    return !found.readable() || (!found.key().isExpired(now) && !found.key().isRetired(now));
  }
}
