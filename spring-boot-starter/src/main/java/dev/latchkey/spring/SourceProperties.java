package dev.latchkey.spring;

import dev.latchkey.internal.settings.Given;
import dev.latchkey.internal.settings.GivenSettings;
import dev.latchkey.internal.settings.Setting;
import dev.latchkey.internal.settings.Settings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Our properties in one source of Spring's {@code Environment}. An empty one is not set. */
final class SourceProperties {
  private static final ConfigurationPropertyName PREFIX =
      ConfigurationPropertyName.of(SpringSettings.PREFIX);

  private final ConfigurationPropertySource source;
  private final Binder binder;

  private SourceProperties(ConfigurationPropertySource source, PlaceholdersResolver placeholders) {
    this.source = source;
    this.binder = new Binder(List.of(source), placeholders);
  }

  /** Returns the sources that may have properties of ours, the one that counts most first. */
  static List<SourceProperties> in(Environment environment) {
    PlaceholdersResolver placeholders = new PropertySourcesPlaceholdersResolver(environment);
    return StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
        .filter(s -> s.containsDescendantOf(PREFIX) != ConfigurationPropertyState.ABSENT)
        .map(source -> new SourceProperties(source, placeholders))
        .toList();
  }

  /** Returns the settings of the application that are here. */
  GivenSettings settings() {
    Map<String, Given> given = new HashMap<>();
    for (Setting<?> setting : Settings.all()) {
      Given found = find(SpringSettings.property(setting.name()), setting::strip, "\n");
      if (found != null) {
        given.put(setting.name(), found);
      }
    }
    return GivenSettings.of(given);
  }

  /** Returns a property that is not among the settings of the application; null if not here. */
  @Nullable Given find(String property) {
    return find(property, String::strip, ",");
  }

  /** Returns a property; the items of a list as one text. */
  private @Nullable Given find(String property, UnaryOperator<String> strip, String separator) {
    ConfigurationPropertyName name = PREFIX.append(property);
    String text =
        binder
            .bind(name, Bindable.of(String.class))
            .orElseGet(
                () ->
                    binder
                        .bind(name, Bindable.listOf(String.class))
                        .map(items -> String.join(separator, items))
                        .orElse(""));
    String stripped = strip.apply(text);
    return stripped.isEmpty() ? null : new Given(stripped, origin(name));
  }

  /** Returns where a property is, in Boot's words. */
  private String origin(ConfigurationPropertyName name) {
    return Stream.of(name, name.append("[0]"))
        .map(source::getConfigurationProperty)
        .filter(Objects::nonNull)
        .map(ConfigurationProperty::getOrigin)
        .filter(Objects::nonNull)
        .map(String::valueOf)
        .findFirst()
        .orElse(name.toString());
  }

  /**
   * Returns properties under our prefix that are none of ours, such as Kubernetes makes.
   *
   * @param known ours, without the prefix
   */
  Stream<String> unknown(Set<String> known) {
    if (!(source instanceof IterableConfigurationPropertySource names)) {
      return Stream.empty();
    }
    Set<String> ours = new HashSet<>();
    known.forEach(property -> ours.add(comparable(PREFIX + "." + property)));
    return names.stream()
        .filter(PREFIX::isAncestorOf)
        .map(ConfigurationPropertyName::toString)
        .filter(name -> !ours.contains(comparable(name)));
  }

  /**
   * Returns a name without the index of an item, and without what the ways to write it differ in: a
   * variable has underscores in the place of dots and of hyphens, all others have dots.
   */
  private String comparable(String name) {
    boolean isVariable = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
    return name.replaceAll("\\[\\d+]", "")
        .replaceAll(isVariable ? "[^A-Za-z0-9]" : "[^A-Za-z0-9.]", "")
        .toLowerCase(Locale.ROOT);
  }
}
