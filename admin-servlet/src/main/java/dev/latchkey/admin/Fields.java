package dev.latchkey.admin;

import dev.latchkey.admin.ProblemJson.FieldError;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a JSON object, or the parameters of a query, and gathers everything that is
 * wrong with them. What is not there, and what is wrong, is null.
 */
final class Fields {
  private final Map<String, @Nullable Object> values;
  private final List<FieldError> errors;

  /** Reads what may be there, and rejects all else. */
  Fields(Map<String, @Nullable Object> values, Set<String> known) {
    this(values, known, new ArrayList<>());
  }

  private Fields(Map<String, @Nullable Object> values, Set<String> known, List<FieldError> errors) {
    this.values = values;
    this.errors = errors;
    String all = String.join(", ", known.stream().sorted().toList());
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        reject(name, "is not known here; " + (known.isEmpty() ? "nothing is" : "known are " + all));
      }
    }
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  @Nullable Object value(String name) {
    return values.get(name);
  }

  @Nullable String text(String name) {
    if (value(name) instanceof String text) {
      return text;
    }
    if (has(name)) {
      reject(name, "must be a string");
    }
    return null;
  }

  /** Returns a text that must be there. */
  String requiredText(String name) {
    String text = text(name);
    if (!has(name) || (text != null && text.isEmpty())) {
      reject(name, "must be given, and not be empty");
    }
    return text == null ? "" : text;
  }

  /** Returns true or false; false if it is not there. */
  boolean flag(String name) {
    if (value(name) instanceof Boolean flag) {
      return flag;
    }
    if (has(name)) {
      reject(name, "must be true or false");
    }
    return false;
  }

  @Nullable Instant instant(String name) {
    try {
      if (!has(name)) {
        return null;
      }
      if (value(name) instanceof String text) {
        return Instant.parse(text);
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    reject(name, "must be an ISO-8601 instant, such as 2026-12-24T12:00:00Z");
    return null;
  }

  /**
   * Returns a whole number, however it is written ({@code 30}, {@code 30.0}, {@code 3e1}).
   *
   * @param rule what it must be
   */
  @Nullable Integer whole(String name, int least, String rule) {
    if (!has(name)) {
      return null;
    }
    try {
      if (value(name) instanceof BigDecimal number && number.intValueExact() >= least) {
        return number.intValueExact();
      }
    } catch (ArithmeticException e) {
      // it has a fraction, or does not fit
    }
    reject(name, rule);
    return null;
  }

  /** Returns a list of strings, unless it holds anything else. */
  @Nullable List<String> texts(String name) {
    if (!(value(name) instanceof List<?> items)) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (Object item : items) {
      if (!(item instanceof String text)) {
        return null;
      }
      texts.add(text);
    }
    return texts;
  }

  /** Returns the members of an object, whose errors count as these; of nothing, if it is none. */
  Fields object(String name, Set<String> known) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    if (value(name) instanceof Map<?, ?> object) {
      object.forEach((member, value) -> members.put((String) member, value));
    } else if (has(name)) {
      reject(name, "must be an object");
    }
    return new Fields(members, known, errors);
  }

  /** Says what is wrong with a field, unless something was said of it before. */
  void reject(String name, String message) {
    if (errors.stream().noneMatch(error -> error.field().equals(name))) {
      errors.add(new FieldError(name, message));
    }
  }

  /**
   * Ends the reading.
   *
   * @throws ProblemException that tells of everything that is wrong
   */
  void check() {
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }
}
