package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.store.Position;
import dev.latchkey.internal.store.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads rows of the table of events. */
final class EventRow {
  private EventRow() {}

  static StoredEvent read(ResultSet row) throws SQLException {
    return new StoredEvent(
        row.getString("id"),
        Session.instant(row, "event_at"),
        row.getString("action"),
        row.getString("actor"),
        row.getString("actor_type"),
        row.getString("owner"),
        row.getString("tag"),
        row.getString("address"),
        row.getString("reason"),
        row.getString("details"));
  }

  static Position position(ResultSet row) throws SQLException {
    return new Position(Session.instant(row, "event_at"), row.getString("id"));
  }
}
