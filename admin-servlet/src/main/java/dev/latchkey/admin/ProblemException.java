package dev.latchkey.admin;

import dev.latchkey.internal.http.ProblemType;
import dev.latchkey.manage.InvalidValueException;
import dev.latchkey.manage.KeyOperationException;
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

  static ProblemException of(KeyOperationException e) {
    return switch (e.reason()) {
      case NO_SUCH_KEY ->
          new ProblemException(ProblemType.NO_SUCH_KEY, "You have no API key with this tag.");
      case KEY_LIMIT_REACHED ->
          new ProblemException(
              ProblemType.KEY_LIMIT_REACHED,
              "You have as many API keys as you may have. Delete or reissue one of them.");
      case EXPIRED_KEY_EXISTS ->
          new ProblemException(
              ProblemType.EXPIRED_KEY_EXISTS,
              "Your API key has expired. Delete or reissue it before you add a new one.");
      case KEY_EXPIRED ->
          new ProblemException(
              ProblemType.KEY_EXPIRED,
              "This API key has expired, so its expiration cannot be changed. Reissue it.");
      case EXPIRY_SET_BY_SESSION ->
          new ProblemException(
              ProblemType.EXPIRY_SET_BY_SESSION,
              "The expiration of your API key is set by your login session.");
      case SESSION_ENDED ->
          new ProblemException(
              ProblemType.NOT_LOGGED_IN, "Your login session has ended. Log in again.");
      case OWNER_DISABLED ->
          new ProblemException(
              ProblemType.OWNER_DISABLED, "An administrator has disabled your API keys.");
      case WIDER_THAN_BEFORE -> throw e; // nobody narrows a key of one's own
    };
  }

  ProblemType type() {
    return type;
  }

  ProblemJson json() {
    return new ProblemJson(type.urn(), type.title(), type.status(), getMessage(), errors);
  }
}
