package dev.latchkey.internal.manage;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.Changed;
import dev.latchkey.manage.AuditEvent;
import java.util.function.Consumer;

/**
 * Does what follows a committed change: this node no longer honours what it knew, and then the
 * events are told of. The one way in which a change ends.
 *
 * <p>Thread-safe.
 */
public final class Aftermath {
  private final Consumer<KeyHash> invalidate;
  private final Consumer<String> invalidateOwner;
  private final Consumer<AuditEvent> publish;

  /**
   * Creates it.
   *
   * @param invalidate takes a hash out of this node's cache
   * @param invalidateOwner makes this node ask about an owner again
   * @param publish tells of an event
   */
  public Aftermath(
      Consumer<KeyHash> invalidate,
      Consumer<String> invalidateOwner,
      Consumer<AuditEvent> publish) {
    this.invalidate = invalidate;
    this.invalidateOwner = invalidateOwner;
    this.publish = publish;
  }

  /**
   * Follows a change of keys; returns it.
   *
   * @throws StoreException if the change is unfinished, after what was done is told
   */
  Changed of(Changed changed) {
    changed.hashes().forEach(invalidate);
    changed.events().forEach(publish);
    if (changed.unfinished() != null) {
      throw changed.unfinished();
    }
    return changed;
  }

  /** Follows a change of an owner, who is asked about again before the keys are. */
  void ofOwner(String owner, Changed changed) {
    invalidateOwner.accept(owner);
    of(changed);
  }

  /** Follows a change that another node may have made, and of which the feed has not told us. */
  void ofHash(KeyHash hash) {
    invalidate.accept(hash);
  }
}
