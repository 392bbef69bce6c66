package dev.latchkey.internal.settings;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values of settings, checked as they are set. Not thread-safe. */
public final class SettingValues {
  private static final String CODE = "code";
  private static final Pattern WORD = Pattern.compile("(?<![\\w.-])\\w+");

  private final Map<Setting<?>, Value> values = new LinkedHashMap<>();

  /**
   * A value.
   *
   * @param origin what gave it; null for code
   */
  private record Value(Object value, @Nullable String origin) {}

  /**
   * Sets a setting in code.
   *
   * @throws IllegalArgumentException naming the setting, if the value is out of its range
   */
  public <T> void set(Setting<T> setting, T value) {
    setting.type().check(setting.name(), Objects.requireNonNull(value, setting.name()));
    values.put(setting, new Value(value, null));
  }

  /**
   * Sets a setting by its text, in code.
   *
   * @throws IllegalArgumentException naming the setting, if the text is not of its form or range
   */
  public <T> void setText(Setting<T> setting, String text) {
    set(setting, setting.type().read(setting.name(), text));
  }

  /**
   * Sets a setting as it was given.
   *
   * @throws IllegalArgumentException naming what gave it, if the text is not of its form or range
   */
  public <T> void set(Setting<T> setting, Given given) {
    String name = Given.name(setting.name(), given.origin());
    T value = setting.type().read(name, given.text());
    setting.type().check(name, value);
    values.put(setting, new Value(value, given.origin()));
  }

  /** Returns what is set, else the default; null if there is neither. */
  @SuppressWarnings("unchecked") // by set alone do values get in
  public <T> @Nullable T find(Setting<T> setting) {
    Value set = values.get(setting);
    return set != null ? (T) set.value() : setting.byDefault();
  }

  /** Returns what is set, else the default of a setting that has one. */
  public <T> T get(Setting<T> setting) {
    return Objects.requireNonNull(find(setting), setting.name());
  }

  /** Returns which are set. */
  public Set<Setting<?>> settings() {
    return Set.copyOf(values.keySet());
  }

  /** Takes over what another holds. */
  public void setAll(SettingValues others) {
    values.putAll(others.values);
  }

  /**
   * Returns a failure whose message names each setting as it was given.
   *
   * @param constructor makes a failure of another message and its cause
   */
  public <E extends RuntimeException> E asGiven(
      E failure, BiFunction<String, Throwable, E> constructor) {
    String message = String.valueOf(failure.getMessage());
    String named = asGiven(message);
    return named.equals(message) ? failure : constructor.apply(named, failure);
  }

  /** Looks at each word once: an origin may hold the name of another setting. */
  private String asGiven(String message) {
    Map<String, String> origins = new HashMap<>();
    values.forEach(
        (setting, value) -> {
          if (value.origin() != null) {
            origins.put(setting.name(), value.origin());
          }
        });
    return WORD.matcher(message)
        .replaceAll(
            word -> {
              String origin = origins.get(word.group());
              return Matcher.quoteReplacement(
                  origin == null ? word.group() : Given.name(word.group(), origin));
            });
  }

  /** Returns, in the table's order, what is not as by default, and where it comes from. */
  public Stream<String> differences() {
    return Settings.all().stream().flatMap(setting -> difference(setting, values.get(setting)));
  }

  private static Stream<String> difference(Setting<?> setting, @Nullable Value set) {
    return set == null || set.value().equals(setting.byDefault())
        ? Stream.empty()
        : Stream.of(
            "%s=%s (%s)"
                .formatted(
                    setting.name(),
                    setting.show(set.value()),
                    Objects.requireNonNullElse(set.origin(), CODE)));
  }

  /** Shows no value: some are secret. */
  @Override
  public String toString() {
    return "SettingValues" + values.keySet().stream().map(Setting::name).toList();
  }
}
