package dev.latchkey.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Settings as a deployment descriptor gives them. */
final class InitParams {
  /** What the names of context-params start with, to part them from the application's own. */
  static final String CONTEXT_PREFIX = "latchkey.";

  private InitParams() {}

  /** The filter's own init-params. */
  static Map<String, String> ofFilter(FilterConfig config) {
    return read(config.getInitParameterNames(), config::getInitParameter, "");
  }

  /** The context-params that are meant for us, without their prefix. */
  static Map<String, String> ofContext(ServletContext context) {
    return read(context.getInitParameterNames(), context::getInitParameter, CONTEXT_PREFIX);
  }

  private static Map<String, String> read(
      Enumeration<String> names, Function<String, String> value, String prefix) {
    Map<String, String> params = new TreeMap<>();
    for (String name : Collections.list(names)) {
      if (name.startsWith(prefix)) {
        params.put(name.substring(prefix.length()), value.apply(name).strip());
      }
    }
    return params;
  }
}
