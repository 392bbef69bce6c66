package dev.latchkey.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** An RFC 9457 problem. */
record ProblemJson(
    String type, String title, int status, @Nullable String detail, List<FieldError> errors)
    implements JsonBody {

  /** What is wrong with one member of a request. */
  record FieldError(String field, @Nullable String message) {}

  @Override
  public void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeStringProperty("type", type);
    out.writeStringProperty("title", title);
    out.writeNumberProperty("status", status);
    out.writeStringProperty("detail", detail);
    if (!errors.isEmpty()) {
      out.writeArrayPropertyStart("errors");
      for (FieldError error : errors) {
        out.writeStartObject();
        out.writeStringProperty("field", error.field());
        out.writeStringProperty("message", error.message());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }
}
