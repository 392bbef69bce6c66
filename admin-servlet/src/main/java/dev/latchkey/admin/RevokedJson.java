package dev.latchkey.admin;

import dev.latchkey.manage.RevokedKeys;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/** What a revocation did, or would do. */
record RevokedJson(RevokedKeys revoked, Instant now) implements JsonBody {
  @Override
  public void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeNumberProperty("revoked", revoked.count());
    out.writeArrayPropertyStart("keys");
    revoked.keys().forEach(key -> KeyJson.of(key, now).write(out));
    out.writeEndArray();
    out.writeBooleanProperty("more", revoked.hasMore());
    out.writeEndObject();
  }
}
