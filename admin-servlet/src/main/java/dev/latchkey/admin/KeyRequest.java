package dev.latchkey.admin;

import dev.latchkey.admin.ProblemJson.FieldError;
import dev.latchkey.manage.Validity;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a request asks for, by form. Whether it may have it, the service says.
 *
 * @param description null if it says nothing of it
 * @param validity the validity it wishes
 * @param grace how long the old key works on
 */
record KeyRequest(@Nullable String description, Validity validity, Duration grace) {
  private static final String DESCRIPTION = "description";
  private static final String EXPIRES_IN_DAYS = "expiresInDays";
  private static final String EXPIRES_AT = "expiresAt";
  private static final String GRACE_SECONDS = "graceSeconds";

  /** The members that each call has. */
  static final Set<String> OF_ADD = Set.of(DESCRIPTION, EXPIRES_IN_DAYS, EXPIRES_AT);

  static final Set<String> OF_EDIT = OF_ADD;
  static final Set<String> OF_REISSUE = Set.of(EXPIRES_IN_DAYS, EXPIRES_AT, GRACE_SECONDS);

  /**
   * Reads a JSON object.
   *
   * @throws ProblemException that tells of everything that is wrong with it
   */
  static KeyRequest read(JsonNode body, Set<String> members) {
    List<FieldError> errors = new ArrayList<>();
    for (String name : body.propertyNames()) {
      if (!members.contains(name)) {
        errors.add(
            new FieldError(
                name, "is not known here; known are " + String.join(", ", sorted(members))));
      }
    }
    String description = description(body, errors);
    Integer days = days(body, errors);
    Instant until = until(body, errors);
    Duration grace = grace(body, errors);
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return new KeyRequest(description, new Validity(days, until), grace);
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  /** RFC 7396: null takes the description away. */
  private static @Nullable String description(JsonNode body, List<FieldError> errors) {
    JsonNode value = body.get(DESCRIPTION);
    if (value == null) {
      return null;
    }
    if (!value.isNull() && !value.isString()) {
      errors.add(new FieldError(DESCRIPTION, "must be a string"));
    }
    return value.isString() ? value.stringValue() : "";
  }

  private static @Nullable Integer days(JsonNode body, List<FieldError> errors) {
    JsonNode value = body.get(EXPIRES_IN_DAYS);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      errors.add(new FieldError(EXPIRES_IN_DAYS, "must be a whole number of days"));
      return null;
    }
    return value.intValue();
  }

  private static @Nullable Instant until(JsonNode body, List<FieldError> errors) {
    JsonNode value = body.get(EXPIRES_AT);
    if (value == null) {
      return null;
    }
    try {
      if (value.isString()) {
        return Instant.parse(value.stringValue());
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    errors.add(
        new FieldError(EXPIRES_AT, "must be an ISO-8601 instant, such as 2026-12-24T12:00:00Z"));
    return null;
  }

  private static Duration grace(JsonNode body, List<FieldError> errors) {
    JsonNode value = body.get(GRACE_SECONDS);
    if (value == null) {
      return Duration.ZERO;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      errors.add(new FieldError(GRACE_SECONDS, "must be a whole number of seconds, 0 or more"));
      return Duration.ZERO;
    }
    return Duration.ofSeconds(value.intValue());
  }
}
