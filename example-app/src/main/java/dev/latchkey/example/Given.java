package dev.latchkey.example;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Settings by name, each with the option or variable that gave it. Shows no value in a text. */
final class Given {
  private final Map<String, Value> values = new LinkedHashMap<>();

  private record Value(String text, String origin) {
    @Override
    public String toString() {
      return origin;
    }
  }

  /** Sets a setting, in place of what was given before. */
  void put(String setting, String text, String origin) {
    values.put(setting, new Value(text, origin));
  }

  void remove(String setting) {
    values.remove(setting);
  }

  /** Returns the option or variable that gave a setting. */
  Optional<String> origin(String setting) {
    return Optional.ofNullable(values.get(setting)).map(Value::origin);
  }

  Optional<String> get(String setting) {
    return Optional.ofNullable(values.get(setting)).map(Value::text);
  }

  void forEach(BiConsumer<String, String> action) {
    values.forEach((setting, value) -> action.accept(setting, value.text()));
  }

  /** Returns a complaint of a setting, with the option or variable that gave it. */
  String complaint(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    return values.entrySet().stream()
        .filter(entry -> message.matches("(?s).*\\b" + entry.getKey() + "\\b.*"))
        .filter(entry -> !message.contains(entry.getValue().origin())) // nor what nobody gave
        .findFirst()
        .map(entry -> message + " (given by " + entry.getValue().origin() + ")")
        .orElse(message);
  }
}
