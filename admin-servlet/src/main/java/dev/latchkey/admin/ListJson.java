package dev.latchkey.admin;

import dev.latchkey.internal.audit.EventJson;
import dev.latchkey.manage.ApiKey;
import dev.latchkey.manage.AuditEvent;
import dev.latchkey.manage.Page;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * One page of a list.
 *
 * @param name what the list is called
 * @param items what is on it
 * @param next the cursor of the next page; null if this is the last
 */
record ListJson(String name, List<JsonBody> items, @Nullable String next) implements JsonBody {

  static ListJson ofKeys(Page<ApiKey> page, Instant now) {
    List<JsonBody> keys = page.items().stream().<JsonBody>map(key -> KeyJson.of(key, now)).toList();
    return new ListJson("keys", keys, page.next().orElse(null));
  }

  static ListJson ofEvents(Page<AuditEvent> page) {
    List<JsonBody> events =
        page.items().stream()
            .<JsonBody>map(event -> out -> out.writeRawValue(EventJson.of(event)))
            .toList();
    return new ListJson("events", events, page.next().orElse(null));
  }

  @Override
  public void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeArrayPropertyStart(name);
    items.forEach(item -> item.write(out));
    out.writeEndArray();
    out.writeStringProperty("next", next);
    out.writeEndObject();
  }
}
