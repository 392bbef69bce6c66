package dev.latchkey.internal.manage;

import dev.latchkey.manage.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Checks texts that come from outside before they reach the database. */
final class InputValidation {
  private static final int MAX_DESCRIPTION = 200;
  private static final int MAX_OWNER = 255;
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private InputValidation() {}

  static String description(String text) {
    return checked("description", text, MAX_DESCRIPTION);
  }

  static String owner(String name) {
    if (name.isEmpty()) {
      throw new InvalidValueException(
          "owner", "must not be empty; ask the people who run the login");
    }
    return checked("owner", name, MAX_OWNER);
  }

  static String reason(String text) {
    return checked("reason", text, MAX_DESCRIPTION);
  }

  /** Checks a name of any kind that is compared with names we keep. */
  static String name(String field, String text) {
    if (text.isEmpty()) {
      throw new InvalidValueException(field, "must not be empty");
    }
    return checked(field, text, MAX_OWNER);
  }

  /** Checks an instant that is compared with instants we keep. */
  static Instant instant(String field, Instant instant) {
    if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
      throw new InvalidValueException(field, "must be from the year 1 to the year 9999");
    }
    return instant;
  }

  private static String checked(String field, String text, int max) {
    int length = text.codePointCount(0, text.length());
    if (length > max) {
      throw new InvalidValueException(
          field, "must have at most %d characters; it has %d".formatted(max, length));
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw new InvalidValueException(
          field, "must not contain control characters, such as line breaks or tabs");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new InvalidValueException(field, "must not contain half a surrogate pair");
    }
    return text;
  }
}
