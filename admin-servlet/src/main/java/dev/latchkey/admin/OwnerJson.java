package dev.latchkey.admin;

import dev.latchkey.manage.OwnerStatus;
import tools.jackson.core.JsonGenerator;

/** What is kept of an owner. */
record OwnerJson(OwnerStatus status) implements JsonBody {
  @Override
  public void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeStringProperty("owner", status.owner());
    out.writeBooleanProperty("disabled", status.isDisabled());
    out.writeBooleanProperty("service", status.isService());
    out.writeNumberProperty("keys", status.keys());
    out.writeEndObject();
  }
}
