package dev.latchkey.internal.audit;

import dev.latchkey.internal.json.JsonObject;
import dev.latchkey.manage.AuditEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** An event as JSON: the same in the log, in lists and in exports. */
public final class EventJson {
  private static final DateTimeFormatter SIX_DIGITS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private EventJson() {}

  /** Returns a JSON object, on one line. */
  public static String of(AuditEvent event) {
    return new JsonObject()
        .put("id", event.id())
        .put("at", instant(event.at()))
        .put("action", event.action())
        .put("actor", event.actor())
        .put("actorType", event.actorType())
        .put("owner", event.owner())
        .put("tag", event.tag())
        .put("from", event.from())
        .put("reason", event.reason())
        .putRaw("details", event.details())
        .toString();
  }

  /** Returns an instant with six digits of its fraction, so that text sorts as instants do. */
  public static String instant(Instant instant) {
    return SIX_DIGITS.format(instant);
  }
}
