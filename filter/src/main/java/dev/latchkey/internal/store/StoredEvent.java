package dev.latchkey.internal.store;

import dev.latchkey.manage.AuditEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps an event as it is in the store. */
public record StoredEvent(
    String id,
    Instant at,
    String action,
    @Nullable String actor,
    String actorType,
    String owner,
    @Nullable String tag,
    @Nullable String from,
    @Nullable String reason,
    String details)
    implements AuditEvent {
  /** The actions that events tell of. */
  public static final String KEY_ADDED = "key.added";

  public static final String KEY_EDITED = "key.edited";
  public static final String KEY_REISSUED = "key.reissued";
  public static final String KEY_DELETED = "key.deleted";
  public static final String KEY_REVOKED = "key.revoked";
  public static final String OWNER_DISABLED = "owner.disabled";
  public static final String OWNER_ENABLED = "owner.enabled";
  public static final String OWNER_DELETED = "owner.deleted";

  /** Returns this event without the address that the request came from. */
  public StoredEvent withoutAddress() {
    return new StoredEvent(id, at, action, actor, actorType, owner, tag, null, reason, details);
  }

  /** Returns its place in the order of events. */
  public Position position() {
    return new Position(at, id);
  }
}
