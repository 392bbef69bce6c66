package dev.latchkey.admin;

import java.util.List;
import tools.jackson.core.JsonGenerator;

/** An owner's keys, and what the owner may do about them. */
record KeysJson(List<KeyJson> keys, PolicyJson policy) implements JsonBody {

  @Override
  public void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeArrayPropertyStart("keys");
    keys.forEach(key -> key.write(out));
    out.writeEndArray();
    out.writeName("policy");
    policy.write(out);
    out.writeEndObject();
  }
}
