package dev.latchkey.internal.manage;

import dev.latchkey.manage.InvalidValueException;
import dev.latchkey.manage.KeyFilter;
import java.util.regex.Pattern;

/** Checks filters that come from outside before they reach the database. */
final class KeyFilters {
  /** The last four characters of a key, or all that is shown of it. */
  private static final Pattern HINT = Pattern.compile("(?s)(.*\u2026)?[0-9A-Za-z]{4}");

  private KeyFilters() {}

  static void check(KeyFilter filter) {
    filter.owner().ifPresent(text -> InputValidation.name("owner", text));
    filter.ownerPrefix().ifPresent(text -> InputValidation.name("ownerPrefix", text));
    filter.tag().ifPresent(text -> InputValidation.name("tag", text));
    filter.hint().ifPresent(KeyFilters::checkHint);
    filter.unusedSince().ifPresent(at -> InputValidation.instant("unusedSince", at));
    filter.expiresBefore().ifPresent(at -> InputValidation.instant("expiresBefore", at));
    filter.createdBefore().ifPresent(at -> InputValidation.instant("createdBefore", at));
  }

  /** A mistake with it would end every key there is. */
  static KeyFilter nonEmpty(KeyFilter filter) {
    check(filter);
    if (filter.equals(KeyFilter.all())) {
      throw new InvalidValueException("filter", "must name at least one thing");
    }
    return filter;
  }

  private static void checkHint(String hint) {
    InputValidation.name("hint", hint);
    if (!HINT.matcher(hint).matches()) {
      throw new InvalidValueException(
          "hint", "must be the last four characters of a key, or its hint as it is shown");
    }
  }

  static boolean isName(String text) {
    try {
      InputValidation.name("tag", text);
      return true;
    } catch (InvalidValueException e) {
      return false;
    }
  }
}
