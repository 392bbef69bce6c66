package dev.latchkey;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads settings from text. What is wrong is said by the setting's name, never by its value. */
final class SettingText {
  private SettingText() {}

  static boolean bool(String name, String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(name + " must be true or false");
    };
  }

  static int integer(String name, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a whole number", e);
    }
  }

  static Duration duration(String name, String value) {
    try {
      return Duration.parse(value);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          name + " must be an ISO-8601 duration, such as PT30S or P30D", e);
    }
  }

  static <E extends Enum<E>> E constant(String name, String value, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name
                        + " must be "
                        + Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(" or "))));
  }

  static String[] list(String name, String value) {
    String[] items = value.strip().split("\\s*,\\s*", -1);
    if (Arrays.asList(items).contains("")) {
      throw new IllegalArgumentException(name + " must be a list of names, parted by commas");
    }
    return items;
  }

  static IllegalArgumentException unknown(String name, Collection<String> known) {
    return new IllegalArgumentException(
        name + " is not a setting here; the settings are " + String.join(", ", known));
  }
}
