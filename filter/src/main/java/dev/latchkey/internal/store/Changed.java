package dev.latchkey.internal.store;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.manage.AuditEvent;
import java.util.List;

/**
 * Tells what a change did, once it is committed.
 *
 * @param hashes whose answer may be another now
 * @param events what the audit says of it, in its order
 */
public record Changed(List<KeyHash> hashes, List<AuditEvent> events) {
  /** Tells if there was nothing to change. */
  public boolean isEmpty() {
    return hashes.isEmpty() && events.isEmpty();
  }
}
