package dev.latchkey.manage;

import java.nio.charset.StandardCharsets;

/** Checks the texts that come from outside, before they meet a column. */
final class OwnerText {
  private static final int LONGEST_DESCRIPTION = 200;
  private static final int LONGEST_OWNER = 255;

  private OwnerText() {}

  static String description(String text) {
    return checked("description", text, LONGEST_DESCRIPTION);
  }

  static String owner(String name) {
    if (name.isEmpty()) {
      throw new InvalidValueException("owner", "must not be empty; ask whoever runs the login");
    }
    return checked("owner", name, LONGEST_OWNER);
  }

  private static String checked(String field, String text, int longest) {
    int length = text.codePointCount(0, text.length());
    if (length > longest) {
      throw new InvalidValueException(
          field, "must have at most %d characters; it has %d".formatted(longest, length));
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
