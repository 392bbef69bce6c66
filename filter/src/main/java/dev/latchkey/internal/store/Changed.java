package dev.latchkey.internal.store;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.manage.AuditEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a change did, once it is committed.
 *
 * @param hashes whose answer may be another now
 * @param events what the audit says of it, in its order
 * @param unfinished why a step that follows could not be made, if so: it is to be thrown once what
 *     was done is told
 */
public record Changed(
    List<KeyHash> hashes, List<AuditEvent> events, @Nullable StoreException unfinished) {
  /** Tells of a change of which nothing is missing. */
  public Changed(List<KeyHash> hashes, List<AuditEvent> events) {
    this(hashes, events, null);
  }

  /** Tells if there was nothing to change. */
  public boolean isEmpty() {
    return hashes.isEmpty() && events.isEmpty();
  }
}
