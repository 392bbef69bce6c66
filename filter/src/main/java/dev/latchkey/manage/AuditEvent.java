package dev.latchkey.manage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of the audit: a change of a key or of an owner. It was written in the transaction of
 * the change, so both are there or neither. It holds no secret, and no hash of one. Latchkey
 * implements it; methods may be added, and actions and types of actors may come.
 *
 * <p>Immutable and thread-safe.
 */
public interface AuditEvent {
  /** Returns its id. Of two events at the same instant, the later one has the greater id. */
  String id();

  /** Returns when it happened, by the database's clock, to the microsecond. */
  Instant at();

  /**
   * Returns what was done: {@code key.added}, {@code key.edited}, {@code key.reissued}, {@code
   * key.deleted}, {@code key.revoked}, {@code owner.disabled}, {@code owner.enabled} or {@code
   * owner.deleted}.
   */
  String action();

  /** Returns the name of who did it; null if there is none. */
  @Nullable String actor();

  /** Returns as what they did it, as {@link Actor.Type#toString} has it. */
  String actorType();

  /** Returns whose key it was, or which owner. */
  String owner();

  /** Returns the tag of the key, of a reissued one the old tag; null if it is about an owner. */
  @Nullable String tag();

  /** Returns the address that the request came from; null if there was none. */
  @Nullable String from();

  /** Returns why, in the actor's words; null if they said nothing. */
  @Nullable String reason();

  /** Returns what else is known of the change, as a JSON object. */
  String details();
}
