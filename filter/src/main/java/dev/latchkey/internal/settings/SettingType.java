package dev.latchkey.internal.settings;

import dev.latchkey.internal.store.OwnerQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads a setting's text and checks its value.
 *
 * @param range the values there are, in words that follow "must be"
 * @param parser throws an unchecked exception if the text is none of them
 * @param accepts whether a value is in range
 * @param isShown whether a value that is not may be shown; a text that cannot be read never is
 */
record SettingType<T>(
    String range, Function<String, T> parser, Predicate<T> accepts, boolean isShown) {

  static SettingType<String> text(String range, Predicate<String> accepts) {
    return new SettingType<>(range, text -> text, accepts, false);
  }

  static SettingType<String> anyText() {
    return text("a text", text -> true);
  }

  static SettingType<Path> path() {
    return new SettingType<>("a path", Path::of, path -> true, false);
  }

  static SettingType<Boolean> bool() {
    return new SettingType<>("true or false", SettingType::parseBoolean, value -> true, true);
  }

  private static boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  static SettingType<String> oneOf(String... constants) {
    List<String> all = List.of(constants);
    return text(String.join(" or ", all), all::contains);
  }

  static SettingType<Integer> integer(int min, int max) {
    return new SettingType<>(
        max == Integer.MAX_VALUE
            ? "a whole number, at least " + min
            : "a whole number from " + min + " to " + max,
        Integer::valueOf,
        value -> value >= min && value <= max,
        true);
  }

  static SettingType<Duration> duration(Duration max) {
    return durationFrom("PT0S", max, value -> !value.isNegative());
  }

  static SettingType<Duration> positiveDuration(Duration max) {
    return durationFrom("more than PT0S", max, value -> !value.isNegative() && !value.isZero());
  }

  private static SettingType<Duration> durationFrom(
      String min, Duration max, Predicate<Duration> isAboveMin) {
    return new SettingType<>(
        "an ISO-8601 duration such as PT30S, from %s to P%dD".formatted(min, max.toDays()),
        Duration::parse,
        value -> isAboveMin.test(value) && value.compareTo(max) <= 0,
        true);
  }

  static SettingType<OwnerQuery> ownerQuery() {
    return new SettingType<>(OwnerQuery.FORM, OwnerQuery::of, query -> true, false);
  }

  /** Items separated by commas, or on a line each. */
  static SettingType<List<String>> list(String range, Predicate<String> accepts) {
    return new SettingType<>(
        range,
        text -> List.of(text.strip().split("\\s*(?:,|\\R)\\s*", -1)),
        items -> items.stream().allMatch(accepts),
        true);
  }

  /** Items on a line each; empty lines do not count. */
  static SettingType<List<String>> lines(String range, Predicate<String> accepts) {
    return new SettingType<>(
        range,
        text -> text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList(),
        items -> items.stream().allMatch(accepts),
        false);
  }

  T read(String name, String text) {
    try {
      return parser.apply(text);
    } catch (RuntimeException e) { // which quotes the text
      throw new IllegalArgumentException(name + " must be " + range);
    }
  }

  void check(String name, T value) {
    if (!accepts.test(value)) {
      throw new IllegalArgumentException(
          name + " must be " + range + (isShown ? ", not " + value : ""));
    }
  }
}
