package dev.latchkey.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An RFC 9457 problem. */
record ProblemJson(
    String type,
    String title,
    int status,
    @Nullable String detail,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

  /** What is wrong with one member of a request. */
  record FieldError(String field, @Nullable String message) {}
}
