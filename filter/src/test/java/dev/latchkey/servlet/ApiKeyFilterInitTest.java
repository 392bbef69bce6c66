package dev.latchkey.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
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
import org.junit.jupiter.api.Test;

/** How filters of one application come by their settings, whichever is started first. */
class ApiKeyFilterInitTest {
  private final Map<String, Object> attributes = new HashMap<>();
  private final Map<String, String> contextParams = new HashMap<>();
  private final Map<String, Map<String, String>> filters = new LinkedHashMap<>();
  private final String url = "jdbc:h2:mem:" + UUID.randomUUID();

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

  private ServletContext context() {
    return fake(
        ServletContext.class,
        (method, args) ->
            switch (method) {
              case "getAttribute" -> attributes.get((String) args[0]);
              case "setAttribute" -> attributes.put((String) args[0], args[1]);
              case "removeAttribute" -> attributes.remove((String) args[0]);
              case "getInitParameterNames" -> Collections.enumeration(contextParams.keySet());
              case "getInitParameter" -> contextParams.get((String) args[0]);
              case "getFilterRegistrations" -> registrations();
              default -> throw new AssertionError(method);
            });
  }

  private Map<String, FilterRegistration> registrations() {
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

  private ApiKeyFilter started(String name) throws ServletException {
    return started(name, new ApiKeyFilter());
  }

  private ApiKeyFilter started(String name, ApiKeyFilter filter) throws ServletException {
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

  private void assertDoesNotStart(String name, String... words) {
    assertThatThrownBy(() -> started(name))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("'" + name + "'")
        .hasMessageContainingAll(words);
    assertThat(attributes).isEmpty();
  }

  @Test
  void filtersShareWhatAnyOfThemIsToldOfTheStore() throws Exception {
    filters.put("optional", Map.of("credentials", "optional"));
    filters.put("other", Map.of("jdbcUrl", "not ours", "nonsense", "x"));
    filters.put("required", Map.of("jdbcUrl", url, "realm", "R"));
    ApiKeyFilter first = started("optional");
    Object shared = attributes.get(ApiKeys.ATTRIBUTE);
    assertThat(shared).isInstanceOf(ApiKeys.class);
    ApiKeyFilter second = started("required");
    assertThat(attributes).containsEntry(ApiKeys.ATTRIBUTE, shared);
    second.destroy();
    assertThat(attributes).containsEntry(ApiKeys.ATTRIBUTE, shared);
    first.destroy();
    assertThat(attributes).isEmpty();
  }

  @Test
  void contextParamsServeAllFilters() throws Exception {
    contextParams.put("latchkey.jdbcUrl", " " + url + " ");
    contextParams.put("latchkey.realm", "R");
    contextParams.put("jdbcUrl", "the application's own");
    filters.put("api", Map.of());
    started("api").destroy();
  }

  @Test
  void wrongSettingsAreNamed() {
    filters.put("api", Map.of());
    assertDoesNotStart("api", "jdbcUrl");
    filters.put("api", Map.of("jdbcUrl", url, "cachTtl", "PT1S"));
    assertDoesNotStart("api", "cachTtl");
    filters.put("api", Map.of("jdbcUrl", url, "cacheTtl", "soon"));
    assertDoesNotStart("api", "cacheTtl");
    filters.put("api", Map.of("jdbcUrl", url));
    filters.put("api2", Map.of("jdbcUrl", url + "2"));
    assertDoesNotStart("api", "jdbcUrl", "twice");
    filters.remove("api2");
    contextParams.put("latchkey.nonsense", "x");
    assertDoesNotStart("api", "nonsense");
    contextParams.clear();
  }

  @Test
  void whereTheApplicationOpenedApiKeysOtherSettingsAreRefused() {
    try (ApiKeys apiKeys = ApiKeys.open(ApiKeysConfig.builder().jdbcUrl(url).build())) {
      for (String name : new String[] {"cachTtl", "cacheTtl", "relm"}) {
        filters.put("api", Map.of(name, "PT1S"));
        assertThatThrownBy(() -> started("api", new ApiKeyFilter(apiKeys)))
            .hasMessageContaining(name);
        attributes.put(ApiKeys.ATTRIBUTE, apiKeys);
        assertThatThrownBy(() -> started("api")).hasMessageContaining(name);
        attributes.clear();
      }
    }
  }

  @Test
  void aFiltersOwnWrongSettingOpensNothing() {
    filters.put("api", Map.of("jdbcUrl", url, "credentials", "maybe"));
    assertDoesNotStart("api", "credentials");
  }
}
