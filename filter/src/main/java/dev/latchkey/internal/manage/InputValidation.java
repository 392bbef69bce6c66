package dev.latchkey.internal.manage;

import dev.latchkey.manage.InvalidValueException;
import java.nio.charset.StandardCharsets;

/** Checks texts that come from outside before they reach the database. */
final class InputValidation {
  private static final int MAX_DESCRIPTION = 200;
  private static final int MAX_OWNER = 255;

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
