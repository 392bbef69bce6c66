package dev.latchkey.internal.servlet;

import dev.latchkey.FilterSettings;
import dev.latchkey.internal.settings.Environment;
import dev.latchkey.internal.settings.Given;
import dev.latchkey.internal.settings.Setting.Scope;
import dev.latchkey.internal.settings.Settings;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Settings as a deployment descriptor gives them. */
public final class InitParams {
  /** What the names of context-params start with, to part them from the application's own. */
  private static final String CONTEXT_PREFIX = "latchkey.";

  /** No setting of the table, since it says where those are. */
  private static final String ENVIRONMENT_PREFIX = CONTEXT_PREFIX + "environmentPrefix";

  /** The filter's name, which deployments write down; its class stands above this one. */
  private static final String FILTER = "dev.latchkey.servlet.ApiKeyFilter";

  private InitParams() {}

  /** A filter's own settings: what it asks of requests. */
  public static FilterSettings filterSettings(FilterSettings base, FilterConfig config) {
    FilterSettings.Builder settings = base.toBuilder();
    for (String name : Collections.list(config.getInitParameterNames())) {
      if (FilterSettings.Builder.names().contains(name)) {
        Given given = initParam(name, config.getInitParameter(name));
        settings.set(name, given.text(), given.origin());
      }
    }
    return settings.build();
  }

  /** Returns a line for the log about a filter's own settings; empty if it has none. */
  public static Optional<String> report(FilterConfig config) {
    List<String> own =
        Collections.list(config.getInitParameterNames()).stream()
            .filter(FilterSettings.Builder.names()::contains)
            .sorted()
            .map(
                name ->
                    name
                        + "="
                        + Settings.named(name, Scope.FILTER, name)
                            .show(config.getInitParameter(name).strip()))
            .toList();
    return own.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Latchkey: filter %s has init-params of its own: %s"
                .formatted(config.getFilterName(), String.join(", ", own)));
  }

  /** Finds the application's settings among a filter's init-params. */
  public static Map<String, Given> applicationSettings(FilterConfig config) {
    Map<String, Given> settings = new TreeMap<>();
    for (String name : Collections.list(config.getInitParameterNames())) {
      if (!FilterSettings.Builder.names().contains(name)) {
        settings.put(name, initParam(name, config.getInitParameter(name)));
      }
    }
    return settings;
  }

  private static Given initParam(String name, String value) {
    return new Given(value.strip(), "init-param " + name);
  }

  /**
   * Refuses settings of the application where it has opened its {@link dev.latchkey.ApiKeys}
   * itself.
   *
   * @throws IllegalArgumentException naming one
   */
  public static void refuse(Map<String, Given> applicationSettings) {
    if (!applicationSettings.isEmpty()) {
      throw new IllegalArgumentException(
          String.join(", ", applicationSettings.keySet())
              + " is not a setting of a filter whose ApiKeys the application has opened; these are "
              + String.join(", ", FilterSettings.Builder.names()));
    }
  }

  /**
   * Finds the application's settings: those of its context-params, and those that any filter of
   * ours has beyond its own. Which filter or servlet a container starts first, no specification
   * says; so it reads the settings of all.
   *
   * @param own those of the filter that starts, which may be registered under another's name
   * @throws IllegalArgumentException naming a setting that has two values
   */
  static Map<String, Given> applicationSettings(ServletContext context, Map<String, Given> own) {
    Map<String, Given> settings = new TreeMap<>(own);
    for (String name : Collections.list(context.getInitParameterNames())) {
      if (name.startsWith(CONTEXT_PREFIX) && !name.equals(ENVIRONMENT_PREFIX)) {
        String value = context.getInitParameter(name).strip();
        add(
            settings,
            name.substring(CONTEXT_PREFIX.length()),
            new Given(value, "context-param " + name));
      }
    }
    for (FilterRegistration filter : registrations(context)) {
      if (FILTER.equals(filter.getClassName())) {
        Map<String, String> shared = new TreeMap<>(filter.getInitParameters());
        shared.keySet().removeAll(FilterSettings.Builder.names());
        shared.forEach((name, value) -> add(settings, name, initParam(name, value)));
      }
    }
    return settings;
  }

  /**
   * Returns what names of the application's environment variables begin with.
   *
   * @throws IllegalArgumentException naming the context-param, if they cannot begin so
   */
  static String environmentPrefix(ServletContext context) {
    String prefix = context.getInitParameter(ENVIRONMENT_PREFIX);
    if (prefix == null) {
      return Environment.DEFAULT_PREFIX;
    }
    Environment.checkPrefix(prefix.strip(), "context-param " + ENVIRONMENT_PREFIX);
    return prefix.strip();
  }

  private static Collection<? extends FilterRegistration> registrations(ServletContext context) {
    try {
      return context.getFilterRegistrations().values();
    } catch (UnsupportedOperationException e) { // the context of a listener added in code
      return List.of();
    }
  }

  private static void add(Map<String, Given> settings, String name, Given value) {
    Given before = settings.putIfAbsent(name, value);
    if (before != null && !before.text().equals(value.text())) {
      throw new IllegalArgumentException(
          name + " is set twice, and not to the same value: set it once per application");
    }
  }
}
