package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.json.JsonObject;
import dev.latchkey.internal.store.StoredEvent;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.AuditEvent;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The events of one transaction: gathered while it changes things, and written at its end, all with
 * the same instant. For one thread.
 */
final class AuditTrail {
  private static final int ID_DIGITS = 4;

  private final Actor by;
  private final String transaction;
  private final List<Draft> drafts = new ArrayList<>();

  /**
   * The trail of one transaction.
   *
   * @param transaction what the ids of its events begin with, a tag of its own
   */
  AuditTrail(Actor by, String transaction) {
    this.by = by;
    this.transaction = transaction;
  }

  private record Draft(
      String action,
      String owner,
      @Nullable String tag,
      @Nullable String newTag,
      JsonObject details) {}

  void keyAdded(StoredKey key, boolean asService) {
    JsonObject details = put(new JsonObject(), key);
    ofKey(
        StoredEvent.KEY_ADDED,
        key.owner(),
        key.tag(),
        asService ? details.put("service", true) : details);
  }

  void keyReissued(String oldTag, StoredKey key, @Nullable Instant oldRetiresAt) {
    JsonObject details = new JsonObject().put("newTag", key.tag());
    put(details, key).put("oldWorksUntil", oldRetiresAt == null ? null : oldRetiresAt.toString());
    drafts.add(new Draft(StoredEvent.KEY_REISSUED, key.owner(), oldTag, key.tag(), details));
  }

  /** Says nothing if nothing is different. */
  void keyEdited(StoredKey before, StoredKey after) {
    JsonObject old = new JsonObject();
    JsonObject now = new JsonObject();
    if (!before.description().equals(after.description())) {
      old.put("description", before.description());
      now.put("description", after.description());
    }
    if (!before.expiresAt().equals(after.expiresAt())) {
      old.put("expiresAt", before.expiresAt().toString());
      now.put("expiresAt", after.expiresAt().toString());
    }
    if (!Objects.equals(before.scopes(), after.scopes())) {
      old.put("scopes", before.scopes());
      now.put("scopes", after.scopes());
    }
    if (!now.isEmpty()) {
      ofKey(
          StoredEvent.KEY_EDITED,
          after.owner(),
          after.tag(),
          new JsonObject().put("old", old).put("new", now));
    }
  }

  void keyDeleted(String owner, String tag) {
    ofKey(StoredEvent.KEY_DELETED, owner, tag, new JsonObject());
  }

  void keyRevoked(String owner, String tag, String how) {
    ofKey(StoredEvent.KEY_REVOKED, owner, tag, new JsonObject().put("how", how));
  }

  void owner(String action, String owner) {
    drafts.add(new Draft(action, owner, null, null, new JsonObject()));
  }

  private void ofKey(String action, String owner, String tag, JsonObject details) {
    drafts.add(new Draft(action, owner, tag, null, details));
  }

  private static JsonObject put(JsonObject details, StoredKey key) {
    return details.put("expiresAt", key.expiresAt().toString()).put("scopes", key.scopes());
  }

  /** Writes the events, as the last thing in the transaction. */
  List<AuditEvent> write(Session session) throws SQLException {
    if (drafts.isEmpty()) {
      return List.of();
    }
    Instant at = session.now();
    List<AuditEvent> events = new ArrayList<>();
    List<Object[]> rows = new ArrayList<>();
    for (Draft draft : drafts) {
      StoredEvent event = event(draft, at, transaction + digits(events.size()));
      events.add(event);
      rows.add(row(event, draft.newTag()));
    }
    session.updateEach(Sql.ADD_EVENT, rows);
    return events;
  }

  private StoredEvent event(Draft draft, Instant at, String id) {
    return new StoredEvent(
        id,
        at,
        draft.action(),
        by.name().orElse(null),
        by.type().toString(),
        draft.owner(),
        draft.tag(),
        by.address().orElse(null),
        by.reason().orElse(null),
        draft.details().toString());
  }

  private static @Nullable Object[] row(StoredEvent event, @Nullable String newTag) {
    return new @Nullable Object[] {
      event.at(),
      event.id(),
      event.action(),
      event.actor(),
      event.actorType(),
      event.owner(),
      event.tag(),
      newTag,
      event.from(),
      event.reason(),
      event.details()
    };
  }

  /** Returns a number so that greater ones are greater as text, too. */
  private static String digits(int number) {
    String digits = Integer.toString(number, Character.MAX_RADIX);
    return "0".repeat(Math.max(0, ID_DIGITS - digits.length())) + digits;
  }
}
