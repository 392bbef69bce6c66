package dev.latchkey.internal.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values of settings, checked as they are set. Not thread-safe. */
public final class SettingValues {
  private final Map<Setting<?>, Object> values = new LinkedHashMap<>();

  /**
   * Sets a setting.
   *
   * @throws IllegalArgumentException naming the setting, if the value is out of its range
   */
  public <T> void set(Setting<T> setting, T value) {
    setting.type().check(setting.name(), Objects.requireNonNull(value, setting.name()));
    values.put(setting, value);
  }

  /**
   * Sets a setting by its text.
   *
   * @throws IllegalArgumentException naming the setting, if the text is not of its form or range
   */
  public <T> void setText(Setting<T> setting, String text) {
    set(setting, setting.type().read(setting.name(), text));
  }

  /** Returns what is set, else the default; null if there is neither. */
  @SuppressWarnings("unchecked") // by set alone do values get in
  public <T> @Nullable T find(Setting<T> setting) {
    T value = (T) values.get(setting);
    return value != null ? value : setting.byDefault();
  }

  /** Returns what is set, else the default of a setting that has one. */
  public <T> T get(Setting<T> setting) {
    return Objects.requireNonNull(find(setting), setting.name());
  }

  /** Takes over what another holds. */
  public void setAll(SettingValues others) {
    values.putAll(others.values);
  }

  /** Shows no value: some are secret. */
  @Override
  public String toString() {
    return "SettingValues" + values.keySet().stream().map(Setting::name).toList();
  }
}
