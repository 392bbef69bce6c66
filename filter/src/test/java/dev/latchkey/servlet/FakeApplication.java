package dev.latchkey.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** An application's context, as far as starting filters goes. */
final class FakeApplication {
  final Map<String, Object> attributes = new ConcurrentHashMap<>();
  final Map<String, String> contextParams = new HashMap<>();
  final Map<String, Map<String, String>> filters = new LinkedHashMap<>();
  final String url = "jdbc:h2:mem:" + UUID.randomUUID();

  /** Runs when the context's init-params are read: a start is under way. */
  Runnable whileStarting = () -> {};

  /** Whether the context keeps its registrations to itself. */
  boolean restricted;

  private interface Answers {
    Object to(String method, Object[] args);
  }

  private static <T> T fake(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> answers.to(method.getName(), args)));
  }

  ServletContext context() {
    return fake(
        ServletContext.class,
        (method, args) ->
            switch (method) {
              case "getAttribute" -> attributes.get((String) args[0]);
              case "setAttribute" -> attributes.put((String) args[0], args[1]);
              case "removeAttribute" -> attributes.remove((String) args[0]);
              case "getInitParameterNames" -> {
                whileStarting.run();
                yield Collections.enumeration(contextParams.keySet());
              }
              case "getInitParameter" -> contextParams.get((String) args[0]);
              case "getFilterRegistrations" -> registrations();
              case "getServletRegistrations" -> Map.of();
              default -> throw new AssertionError(method);
            });
  }

  private Map<String, FilterRegistration> registrations() {
    if (restricted) {
      throw new UnsupportedOperationException();
    }
    Map<String, FilterRegistration> registrations = new HashMap<>();
    filters.forEach(
        (name, params) ->
            registrations.put(
                name,
                fake(
                    FilterRegistration.class,
                    (method, args) ->
                        method.equals("getClassName")
                            ? (name.startsWith("other") ? "x.Y" : ApiKeyFilter.class.getName())
                            : params)));
    return registrations;
  }

  ApiKeyFilter started(String name) throws ServletException {
    return started(name, new ApiKeyFilter());
  }

  ApiKeyFilter started(String name, ApiKeyFilter filter) throws ServletException {
    ServletContext context = context();
    filter.init(
        fake(
            FilterConfig.class,
            (method, args) ->
                switch (method) {
                  case "getServletContext" -> context;
                  case "getFilterName" -> name;
                  case "getInitParameter" -> filters.get(name).get((String) args[0]);
                  case "getInitParameterNames" ->
                      Collections.enumeration(filters.get(name).keySet());
                  default -> throw new AssertionError(method);
                }));
    return filter;
  }
}
