package dev.latchkey.admin;

import dev.latchkey.internal.http.ProblemType;
import dev.latchkey.manage.InvalidValueException;
import java.util.List;

/** A request that is refused, and what its sender is told. */
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final transient List<ProblemJson.FieldError> errors;

  ProblemException(ProblemType type, String detail) {
    this(type, detail, List.of());
  }

  private ProblemException(ProblemType type, String detail, List<ProblemJson.FieldError> errors) {
    super(detail, null, false, false); // an answer, not a fault: no stack trace
    this.type = type;
    this.errors = errors;
  }

  static ProblemException invalid(List<ProblemJson.FieldError> errors) {
    ProblemJson.FieldError first = errors.get(0);
    return new ProblemException(
        ProblemType.INVALID_REQUEST, first.field() + " " + first.message() + ".", errors);
  }

  static ProblemException of(InvalidValueException e) {
    return invalid(List.of(new ProblemJson.FieldError(e.field(), e.getMessage())));
  }

  ProblemType type() {
    return type;
  }

  ProblemJson json() {
    return new ProblemJson(type.urn(), type.title(), type.status(), getMessage(), errors);
  }
}
