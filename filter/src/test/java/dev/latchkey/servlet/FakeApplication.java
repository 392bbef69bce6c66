package dev.latchkey.servlet;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import dev.latchkey.internal.settings.Environment;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** An application's context, as far as starting filters goes. */
final class FakeApplication {
  final Map<String, Object> attributes = new ConcurrentHashMap<>();
  final Map<String, String> contextParams = new HashMap<>();
  final Map<String, Map<String, String>> filters = new LinkedHashMap<>();
  final Properties properties = new Properties();
  final Map<String, String> variables = new HashMap<>();
  final String url = "jdbc:h2:mem:" + UUID.randomUUID();

  /** Runs when the context's init-params are read: a start is under way. */
  Runnable whileStarting = () -> {};

  /** Set where the context keeps its registrations to itself. */
  boolean restricted;

  /** Mocks are called by many threads, many times, and remember nothing of it. */
  private static <T> T mocked(Class<T> type) {
    return mock(type, withSettings().stubOnly());
  }

  ServletContext context() {
    ServletContext context = mocked(ServletContext.class);
    when(context.getAttribute(anyString()))
        .thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
    doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
        .when(context)
        .setAttribute(anyString(), any());
    doAnswer(call -> attributes.remove(call.<String>getArgument(0)))
        .when(context)
        .removeAttribute(anyString());
    when(context.getInitParameterNames())
        .thenAnswer(
            call -> {
              whileStarting.run();
              return Collections.enumeration(contextParams.keySet());
            });
    when(context.getInitParameter(anyString()))
        .thenAnswer(call -> contextParams.get(call.<String>getArgument(0)));
    when(context.getFilterRegistrations()).thenAnswer(call -> registrations());
    return context;
  }

  private Map<String, FilterRegistration> registrations() {
    if (restricted) {
      throw new UnsupportedOperationException();
    }
    Map<String, FilterRegistration> registrations = new HashMap<>();
    filters.forEach((name, params) -> registrations.put(name, registration(name, params)));
    return registrations;
  }

  private static FilterRegistration registration(String name, Map<String, String> params) {
    FilterRegistration registration = mocked(FilterRegistration.class);
    when(registration.getClassName())
        .thenReturn(name.startsWith("other") ? "x.Y" : ApiKeyFilter.class.getName());
    when(registration.getInitParameters()).thenReturn(params);
    return registration;
  }

  ApiKeyFilter started(String name) throws ServletException {
    return started(name, new ApiKeyFilter(() -> new Environment(properties, variables)));
  }

  ApiKeyFilter started(String name, ApiKeyFilter filter) throws ServletException {
    ServletContext context = context();
    Map<String, String> params = filters.get(name);
    FilterConfig config = mocked(FilterConfig.class);
    when(config.getServletContext()).thenReturn(context);
    when(config.getFilterName()).thenReturn(name);
    when(config.getInitParameter(anyString()))
        .thenAnswer(call -> params.get(call.<String>getArgument(0)));
    when(config.getInitParameterNames())
        .thenAnswer(call -> Collections.enumeration(params.keySet()));
    filter.init(config);
    return filter;
  }
}
