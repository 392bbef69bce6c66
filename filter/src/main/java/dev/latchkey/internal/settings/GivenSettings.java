package dev.latchkey.internal.settings;

import dev.latchkey.internal.settings.Setting.Scope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Settings as one source gives them, or several, of which the upper ones have put out of force what
 * the lower ones say otherwise. Values are not checked yet. Immutable.
 */
public final class GivenSettings {
  /** Those of a source that gives none. */
  public static final GivenSettings NONE = new GivenSettings(Map.of());

  private final Map<Setting<?>, Given> given;

  GivenSettings(Map<Setting<?>, Given> given) {
    this.given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
  }

  /**
   * Takes settings by their names.
   *
   * @throws IllegalArgumentException naming one that does not exist
   */
  public static GivenSettings of(Map<String, Given> byName) {
    Map<Setting<?>, Given> given = new LinkedHashMap<>();
    byName.forEach(
        (name, value) -> given.put(Settings.named(name, Scope.APPLICATION, value.origin()), value));
    return new GivenSettings(given);
  }

  /** Returns these, and below them what they leave in force of others. */
  public GivenSettings over(GivenSettings lower) {
    Map<Setting<?>, Given> all = new LinkedHashMap<>(given);
    all.putAll(lower.below(given.keySet()).given);
    return new GivenSettings(all);
  }

  /** Returns those that stay in force below a source that sets other settings. */
  public GivenSettings below(Set<Setting<?>> upper) {
    Map<Setting<?>, Given> left = new LinkedHashMap<>(given);
    for (Setting<?> setting : upper) {
      left.keySet().remove(setting);
      left.keySet().removeAll(Settings.alternativesOf(setting));
    }
    return new GivenSettings(left);
  }

  /** Returns whether a setting is given. */
  public boolean contains(Setting<?> setting) {
    return given.containsKey(setting);
  }

  /** Hands each over. */
  public void forEach(BiConsumer<Setting<?>, Given> action) {
    given.forEach(action);
  }
}
