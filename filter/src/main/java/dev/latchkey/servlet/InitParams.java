package dev.latchkey.servlet;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.FilterSettings;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings as a deployment descriptor gives them. */
final class InitParams {
  /** What the names of context-params start with, to part them from the application's own. */
  private static final String CONTEXT_PREFIX = "latchkey.";

  private InitParams() {}

  /** A filter's own settings: what it asks of requests. */
  static FilterSettings filterSettings(FilterSettings base, FilterConfig config) {
    FilterSettings.Builder settings = base.toBuilder();
    for (String name : Collections.list(config.getInitParameterNames())) {
      if (FilterSettings.Builder.names().contains(name)) {
        settings.set(name, config.getInitParameter(name).strip());
      }
    }
    return settings.build();
  }

  /** Finds the application's settings among a filter's init-params. */
  static Map<String, String> applicationSettings(FilterConfig config) {
    Map<String, String> settings = new TreeMap<>();
    for (String name : Collections.list(config.getInitParameterNames())) {
      if (!FilterSettings.Builder.names().contains(name)) {
        settings.put(name, config.getInitParameter(name).strip());
      }
    }
    return settings;
  }

  /**
   * Refuses settings of the application where it has opened its {@link dev.latchkey.ApiKeys}
   * itself.
   *
   * @throws IllegalArgumentException naming one
   */
  static void refuse(Map<String, String> applicationSettings) {
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
  static Map<String, String> applicationSettings(ServletContext context, Map<String, String> own) {
    Map<String, String> settings = new TreeMap<>(own);
    for (String name : Collections.list(context.getInitParameterNames())) {
      if (name.startsWith(CONTEXT_PREFIX)) {
        add(settings, name.substring(CONTEXT_PREFIX.length()), context.getInitParameter(name));
      }
    }
    for (FilterRegistration filter : registrations(context)) {
      if (ApiKeyFilter.class.getName().equals(filter.getClassName())) {
        Map<String, String> shared = new TreeMap<>(filter.getInitParameters());
        shared.keySet().removeAll(FilterSettings.Builder.names());
        shared.forEach((name, value) -> add(settings, name, value));
      }
    }
    return settings;
  }

  private static Collection<? extends FilterRegistration> registrations(ServletContext context) {
    try {
      return context.getFilterRegistrations().values();
    } catch (UnsupportedOperationException e) { // the context of a listener added in code
      return List.of();
    }
  }

  /**
   * Checks the application's settings.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  static ApiKeysConfig config(Map<String, String> applicationSettings) {
    ApiKeysConfig.Builder builder = ApiKeysConfig.builder();
    applicationSettings.forEach(builder::set);
    return builder.build();
  }

  private static void add(Map<String, String> settings, String name, String value) {
    String before = settings.put(name, value.strip());
    if (before != null && !before.equals(value.strip())) {
      throw new IllegalArgumentException(
          name + " is set twice, and not to the same value: set it once an application");
    }
  }
}
