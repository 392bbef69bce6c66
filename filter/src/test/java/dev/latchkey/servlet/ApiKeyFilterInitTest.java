package dev.latchkey.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.LogLines;
import jakarta.servlet.ServletException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How filters of one application come by their settings, whichever is started first. */
class ApiKeyFilterInitTest {
  private final FakeApplication application = new FakeApplication();
  private final Map<String, Object> attributes = application.attributes;
  private final Map<String, String> contextParams = application.contextParams;
  private final Map<String, Map<String, String>> filters = application.filters;
  private final String url = application.url;

  private ApiKeyFilter started(String name) throws ServletException {
    return application.started(name);
  }

  private void assertDoesNotStart(String name, String... words) {
    assertThatThrownBy(() -> started(name))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("'" + name + "'")
        .hasMessageContainingAll(words);
    assertThat(attributes).isEmpty();
  }

  @Test
  void filtersShareTheStoreThatOneOfThemNames() throws Exception {
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
  void settingsOfItsOwnAreInTheLog() throws Exception {
    contextParams.put("latchkey.jdbcUrl", url);
    filters.put("api", Map.of());
    filters.put("page", Map.of("realm", "Shop", "credentials", " optional "));
    try (LogLines log = new LogLines(Level.INFO)) {
      ApiKeyFilter api = started("api");
      ApiKeyFilter page = started("page");
      assertThat(log.messages())
          .filteredOn(line -> line.contains(" of its own"))
          .containsExactly(
              "Latchkey: filter page has init-params of its own: credentials=optional, realm=Shop");
      api.destroy();
      page.destroy();
    }
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
  void settingsAreRefusedWhereTheApplicationOpenedApiKeys() {
    try (ApiKeys apiKeys = ApiKeys.open(ApiKeysConfig.builder().jdbcUrl(url).build())) {
      for (String name : new String[] {"cachTtl", "cacheTtl", "relm"}) {
        filters.put("api", Map.of(name, "PT1S"));
        assertThatThrownBy(() -> application.started("api", new ApiKeyFilter(apiKeys)))
            .hasMessageContaining(name);
        attributes.put(ApiKeys.ATTRIBUTE, apiKeys);
        assertThatThrownBy(() -> started("api")).hasMessageContaining(name);
        attributes.clear();
      }
    }
  }

  @Test
  void wrongSettingOfAFilterOpensNothing() {
    filters.put("api", Map.of("jdbcUrl", url, "credentials", "maybe"));
    assertDoesNotStart("api", "credentials");
  }

  @Test
  void wrongSettingOfALaterFilterTakesNothing() throws Exception {
    filters.put("first", Map.of("jdbcUrl", url));
    filters.put("second", Map.of("credentials", "maybe"));
    ApiKeyFilter first = started("first");
    Object shared = attributes.get(ApiKeys.ATTRIBUTE);
    for (int time = 0; time < 2; time++) {
      assertThatThrownBy(() -> started("second"))
          .isInstanceOf(ServletException.class)
          .hasMessageContainingAll("'second'", "credentials");
    }
    filters.put("second", Map.of("credentials", "optional"));
    ApiKeyFilter second = started("second");
    first.destroy();
    assertThat(attributes).containsEntry(ApiKeys.ATTRIBUTE, shared);
    second.destroy();
    assertThat(attributes).isEmpty();
  }

  @Test
  void wrongPathPatternsAreNamed() {
    for (String wrong : new String[] {"x", "/a/*/b", "/a*", "*", "*.", "**", "/a,,/b", "/a/", ""}) {
      filters.put("api", Map.of("jdbcUrl", url, "excludedPaths", wrong));
      assertDoesNotStart("api", "excludedPaths");
    }
  }

  /** Where a filter is registered as another, such as Spring's delegating one. */
  @Test
  void initParamsCountUnderEveryRegistration() throws Exception {
    filters.put("other", Map.of("jdbcUrl", url));
    ApiKeyFilter first = started("other");
    filters.put("other", Map.of("jdbcUrl", url, "cacheTtl", "PT1S"));
    assertThatThrownBy(() -> started("other")).hasMessageContainingAll("cacheTtl", "context-param");
    filters.put("other", Map.of("jdbcUrl", url, "cacheTtl", "soon"));
    assertThatThrownBy(() -> started("other")).hasMessageContaining("cacheTtl must be");
    filters.put("other", Map.of("jdbcUrl", url, "cachTtl", "PT1S"));
    assertThatThrownBy(() -> started("other")).hasMessageContaining("cachTtl is not a setting");
    first.destroy();
    assertThat(attributes).isEmpty();
  }

  @Test
  void filterStartsWithoutSeeingRegistrations() throws Exception {
    application.restricted = true;
    filters.put("api", Map.of("jdbcUrl", url));
    started("api").destroy();
    assertThat(attributes).isEmpty();
  }
}
