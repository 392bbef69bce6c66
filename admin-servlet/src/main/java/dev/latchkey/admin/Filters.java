package dev.latchkey.admin;

import dev.latchkey.manage.EventFilter;
import dev.latchkey.manage.KeyFilter;
import dev.latchkey.manage.PageRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which keys or events are meant, and which page of them. */
final class Filters {
  static final String LIMIT = "limit";
  static final int MAX_LIMIT = 200;

  /** What a filter of keys may name. */
  static final Set<String> OF_KEYS =
      Set.of(
          "owner",
          "ownerPrefix",
          "status",
          "tag",
          "hint",
          "unusedSince",
          "expiresBefore",
          "createdBefore");

  /** What a filter of events may name. */
  static final Set<String> OF_EVENTS = Set.of("owner", "tag", "actor", "action", "since", "until");

  /** What a user's filter of their own events may name. */
  static final Set<String> OF_OWN_EVENTS = Set.of("tag", "action", "since", "until");

  private static final String CURSOR = "cursor";
  private static final int DEFAULT_LIMIT = 50;
  private static final Pattern UP_TO_THREE_DIGITS = Pattern.compile("[0-9]{1,3}");

  private Filters() {}

  /** Returns the parameters of a list with a filter. */
  static Set<String> inPages(Set<String> filter) {
    Set<String> all = new HashSet<>(filter);
    all.addAll(List.of(LIMIT, CURSOR));
    return all;
  }

  static KeyFilter ofKeys(Fields fields) {
    KeyFilter filter = KeyFilter.all();
    filter = with(filter, fields.text("owner"), KeyFilter::withOwner);
    filter = with(filter, fields.text("ownerPrefix"), KeyFilter::withOwnerPrefix);
    filter = with(filter, status(fields), KeyFilter::withStatus);
    filter = with(filter, fields.text("tag"), KeyFilter::withTag);
    filter = with(filter, fields.text("hint"), KeyFilter::withHint);
    filter = with(filter, fields.instant("unusedSince"), KeyFilter::withUnusedSince);
    filter = with(filter, fields.instant("expiresBefore"), KeyFilter::withExpiresBefore);
    return with(filter, fields.instant("createdBefore"), KeyFilter::withCreatedBefore);
  }

  private static KeyFilter.@Nullable Status status(Fields fields) {
    Object value = fields.value("status");
    if ("active".equals(value)) {
      return KeyFilter.Status.ACTIVE;
    }
    if ("expired".equals(value)) {
      return KeyFilter.Status.EXPIRED;
    }
    if (fields.has("status")) {
      fields.reject("status", "must be active or expired");
    }
    return null;
  }

  static EventFilter ofEvents(Fields fields) {
    EventFilter filter = EventFilter.all();
    filter = with(filter, fields.text("owner"), EventFilter::withOwner);
    filter = with(filter, fields.text("tag"), EventFilter::withTag);
    filter = with(filter, fields.text("actor"), EventFilter::withActor);
    filter = with(filter, fields.text("action"), EventFilter::withAction);
    filter = with(filter, fields.instant("since"), EventFilter::withSince);
    return with(filter, fields.instant("until"), EventFilter::withUntil);
  }

  private static <F, T> F with(F filter, @Nullable T value, BiFunction<F, T, F> with) {
    return value == null ? filter : with.apply(filter, value);
  }

  /** Reads which page of a list is wanted. */
  static PageRequest page(Fields fields) {
    PageRequest page = PageRequest.of(limit(fields, fields.text(LIMIT)));
    return with(page, fields.text(CURSOR), PageRequest::after);
  }

  private static int limit(Fields fields, @Nullable String text) {
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    int limit = UP_TO_THREE_DIGITS.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > MAX_LIMIT) {
      fields.reject(LIMIT, "must be a whole number from 1 to " + MAX_LIMIT);
      return DEFAULT_LIMIT;
    }
    return limit;
  }
}
