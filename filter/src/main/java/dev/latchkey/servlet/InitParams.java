package dev.latchkey.servlet;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.FilterSettings;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Settings as a deployment descriptor gives them. */
final class InitParams {
  /** What the names of context-params start with, to part them from the application's own. */
  private static final String CONTEXT_PREFIX = "latchkey.";

  private InitParams() {}

  /** A filter's own settings: what it asks of requests. */
  static FilterSettings filterSettings(FilterSettings base, FilterConfig config) {
    FilterSettings settings = base;
    for (String name : Collections.list(config.getInitParameterNames())) {
      if (FilterSettings.names().contains(name)) {
        settings = settings.with(name, config.getInitParameter(name).strip());
      }
    }
    return settings;
  }

  /**
   * The same where the application has opened its {@link dev.latchkey.ApiKeys} itself, so that a
   * filter has no other settings.
   *
   * @throws IllegalArgumentException naming one that it has
   */
  static FilterSettings onlyFilterSettings(FilterSettings base, FilterConfig config) {
    for (String name : Collections.list(config.getInitParameterNames())) {
      if (!FilterSettings.names().contains(name)) {
        throw new IllegalArgumentException(
            name
                + " is not a setting of a filter whose ApiKeys the application has opened; these"
                + " are "
                + String.join(", ", FilterSettings.names()));
      }
    }
    return filterSettings(base, config);
  }

  /**
   * The application's settings: those of its context-params, and those that any filter of ours has
   * beyond its own. Which filter a container starts first, no specification says; so whichever it
   * is reads the settings of all.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  static ApiKeysConfig config(ServletContext context) {
    Map<String, String> params = new TreeMap<>();
    for (String name : Collections.list(context.getInitParameterNames())) {
      if (name.startsWith(CONTEXT_PREFIX)) {
        add(params, name.substring(CONTEXT_PREFIX.length()), context.getInitParameter(name));
      }
    }
    for (FilterRegistration filter : context.getFilterRegistrations().values()) {
      if (ApiKeyFilter.class.getName().equals(filter.getClassName())) {
        shared(filter.getInitParameters()).forEach((name, value) -> add(params, name, value));
      }
    }
    ApiKeysConfig.Builder builder = ApiKeysConfig.builder();
    params.forEach(builder::set);
    return builder.build();
  }

  private static Map<String, String> shared(Map<String, String> initParams) {
    Map<String, String> shared = new TreeMap<>(initParams);
    shared.keySet().removeAll(FilterSettings.names());
    return shared;
  }

  private static void add(Map<String, String> params, String name, String value) {
    String before = params.put(name, value.strip());
    if (before != null && !before.equals(value.strip())) {
      throw new IllegalArgumentException(
          name + " is set twice, and not to the same value: set it once an application");
    }
  }
}
