package dev.latchkey.faults;

import dev.latchkey.test.DatabaseServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What became of each key, by the events, and by the keys' own table, both at one moment. */
final class Replay {
  private static final Pattern EDIT = Pattern.compile(".*\"new\":\\{\"description\":\"(\\w+)\".*");

  private final Map<String, String> ofEvents = new TreeMap<>();
  private final Map<String, String> ofKeys = new TreeMap<>();
  private int events;

  private Replay() {}

  static Replay of(DatabaseServer server, String database) throws SQLException {
    Replay replay = new Replay();
    try (Connection connection = server.connect(database)) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        ResultSet keys = statement.executeQuery("SELECT tag, slot, description FROM latchkey_key");
        while (keys.next()) {
          replay.ofKeys.put(keys.getString(1), state(keys.getObject(2) == null, keys.getString(3)));
        }
        ResultSet events =
            statement.executeQuery(
                "SELECT action, tag, new_tag, details FROM latchkey_event ORDER BY event_at, id");
        while (events.next()) {
          replay.add(
              events.getString(1), events.getString(2), events.getString(3), events.getString(4));
        }
      }
      connection.rollback();
    }
    return replay;
  }

  /** Of a deleted key nobody edits the description. */
  private static String state(boolean deleted, String description) {
    return (deleted ? "deleted " : "there ") + description;
  }

  private void add(String action, String tag, String newTag, String details) {
    events++;
    String before = ofEvents.getOrDefault(tag, "unknown");
    String description = before.substring(before.indexOf(' ') + 1);
    switch (action) {
      case "key.added" -> ofEvents.put(tag, state(false, "?"));
      case "key.edited" -> {
        Matcher edit = EDIT.matcher(details);
        ofEvents.put(tag, state(false, edit.matches() ? edit.group(1) : details));
      }
      case "key.deleted" -> ofEvents.put(tag, state(true, description));
      case "key.reissued" -> {
        ofEvents.put(tag, state(details.contains("\"oldWorksUntil\":null"), description));
        ofEvents.put(newTag, state(false, description));
      }
      default -> ofEvents.put(tag, action);
    }
  }

  /** By the events; what a new key is called, they do not say. */
  Map<String, String> ofEvents() {
    Map<String, String> named = new TreeMap<>(ofEvents);
    named.replaceAll(
        (tag, state) ->
            state.endsWith("?")
                ? state.replace("?", ofKeys.getOrDefault(tag, "").replaceFirst(".* ", ""))
                : state);
    return named;
  }

  Map<String, String> ofKeys() {
    return ofKeys;
  }

  @Override
  public String toString() {
    return ofKeys.size() + " keys, " + events + " events";
  }
}
