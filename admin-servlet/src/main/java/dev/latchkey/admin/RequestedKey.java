package dev.latchkey.admin;

import dev.latchkey.admin.ProblemJson.FieldError;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.manage.Validity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a request asks for, checked by form. The service decides if the user may have it.
 *
 * @param request what it asks for
 * @param grace how long the old key works on
 */
record RequestedKey(KeyRequest request, Duration grace) {
  private static final String DESCRIPTION = "description";
  private static final String EXPIRES_IN_DAYS = "expiresInDays";
  private static final String EXPIRES_AT = "expiresAt";
  private static final String SCOPES = "scopes";
  private static final String GRACE_SECONDS = "graceSeconds";

  /** The members that each call has. */
  static final Set<String> OF_ADD = Set.of(DESCRIPTION, EXPIRES_IN_DAYS, EXPIRES_AT, SCOPES);

  static final Set<String> OF_EDIT = OF_ADD;
  static final Set<String> OF_REISSUE = Set.of(EXPIRES_IN_DAYS, EXPIRES_AT, SCOPES, GRACE_SECONDS);

  /**
   * Reads a JSON object.
   *
   * @throws ProblemException that tells of everything that is wrong with it
   */
  static RequestedKey read(Map<String, @Nullable Object> body, Set<String> members) {
    List<FieldError> errors = new ArrayList<>();
    for (String name : body.keySet()) {
      if (!members.contains(name)) {
        errors.add(
            new FieldError(
                name, "is not known here; known are " + String.join(", ", sorted(members))));
      }
    }
    String description = description(body, errors);
    Integer days = days(body, errors);
    Instant until = until(body, errors);
    KeyRequest scoped = scopes(body, errors);
    Duration grace = grace(body, errors);
    if (days != null && until != null) {
      errors.add(new FieldError(EXPIRES_AT, "cannot be given together with expiresInDays"));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    KeyRequest request = scoped.withValidity(validity(days, until));
    return new RequestedKey(
        description == null ? request : request.withDescription(description), grace);
  }

  /** Null asks for all rights, which is something else than to say nothing. */
  private static KeyRequest scopes(Map<String, @Nullable Object> body, List<FieldError> errors) {
    if (!body.containsKey(SCOPES)) {
      return KeyRequest.create();
    }
    Object value = body.get(SCOPES);
    if (value == null) {
      return KeyRequest.create().withAllRights();
    }
    Set<String> scopes = new LinkedHashSet<>();
    boolean isList = value instanceof List<?>;
    if (value instanceof List<?> items) {
      for (Object item : items) {
        isList &= item instanceof String scope && scopes.add(scope);
      }
    }
    if (!isList) {
      errors.add(new FieldError(SCOPES, "must be null, or a list of strings, each once"));
    }
    return KeyRequest.create().withScopes(scopes);
  }

  private static Validity validity(@Nullable Integer days, @Nullable Instant until) {
    if (days != null) {
      return Validity.ofDays(days);
    }
    return until != null ? Validity.until(until) : Validity.DEFAULT;
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  /** RFC 7396: null takes the description away. */
  private static @Nullable String description(
      Map<String, @Nullable Object> body, List<FieldError> errors) {
    if (!body.containsKey(DESCRIPTION)) {
      return null;
    }
    Object value = body.get(DESCRIPTION);
    if (value instanceof String text) {
      return text;
    }
    if (value != null) {
      errors.add(new FieldError(DESCRIPTION, "must be a string"));
    }
    return "";
  }

  private static @Nullable Integer days(
      Map<String, @Nullable Object> body, List<FieldError> errors) {
    if (!body.containsKey(EXPIRES_IN_DAYS)) {
      return null;
    }
    Integer days = whole(body.get(EXPIRES_IN_DAYS));
    if (days == null) {
      errors.add(new FieldError(EXPIRES_IN_DAYS, "must be a whole number of days"));
    }
    return days;
  }

  private static @Nullable Instant until(
      Map<String, @Nullable Object> body, List<FieldError> errors) {
    if (!body.containsKey(EXPIRES_AT)) {
      return null;
    }
    try {
      if (body.get(EXPIRES_AT) instanceof String text) {
        return Instant.parse(text);
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    errors.add(
        new FieldError(EXPIRES_AT, "must be an ISO-8601 instant, such as 2026-12-24T12:00:00Z"));
    return null;
  }

  private static Duration grace(Map<String, @Nullable Object> body, List<FieldError> errors) {
    if (!body.containsKey(GRACE_SECONDS)) {
      return Duration.ZERO;
    }
    Integer seconds = whole(body.get(GRACE_SECONDS));
    if (seconds == null || seconds < 0) {
      errors.add(new FieldError(GRACE_SECONDS, "must be a whole number of seconds, 0 or more"));
      return Duration.ZERO;
    }
    return Duration.ofSeconds(seconds);
  }

  /** Returns a whole number, however it is written ({@code 30}, {@code 30.0}, {@code 3e1}). */
  private static @Nullable Integer whole(@Nullable Object value) {
    try {
      return value instanceof BigDecimal number ? number.intValueExact() : null;
    } catch (ArithmeticException e) {
      return null; // it has a fraction, or does not fit
    }
  }
}
