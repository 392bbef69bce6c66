package dev.latchkey.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.LogLines;
import dev.latchkey.manage.KeyOwner;
import jakarta.servlet.ServletException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** System properties and environment variables go before what an application's descriptor says. */
class EnvironmentOfAnApplicationTest {
  private final FakeApplication application = new FakeApplication();
  private final Map<String, String> contextParams = application.contextParams;
  private final Map<String, String> initParams = new HashMap<>();

  @BeforeEach
  void declareAFilter() {
    application.filters.put("api", initParams);
    contextParams.put("latchkey.jdbcUrl", application.url);
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(application.attributes).isEmpty();
  }

  private void withStarted(Consumer<ApiKeys> check) throws ServletException {
    ApiKeyFilter filter = application.started("api");
    try {
      check.accept((ApiKeys) application.attributes.get(ApiKeys.ATTRIBUTE));
    } finally {
      filter.destroy();
    }
  }

  private int maxKeys() throws ServletException {
    int[] found = new int[1];
    withStarted(
        apiKeys -> found[0] = apiKeys.service().policy(KeyOwner.of("alice")).maxKeysPerUser());
    return found[0];
  }

  private void assertDoesNotStart(String... words) {
    assertThatThrownBy(() -> application.started("api"))
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll(words)
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"context-param", "init-param"})
  void propertiesGoBeforeVariablesAndTheseBeforeTheDescriptor(String place) throws Exception {
    assertThat(maxKeys()).isEqualTo(1);
    if (place.equals("context-param")) {
      contextParams.put("latchkey.maxKeysPerUser", "2");
    } else {
      initParams.put("maxKeysPerUser", "2");
    }
    assertThat(maxKeys()).isEqualTo(2);
    application.variables.put("LATCHKEY_MAX_KEYS_PER_USER", "3");
    assertThat(maxKeys()).isEqualTo(3);
    application.properties.put("latchkey.maxKeysPerUser", "4");
    assertThat(maxKeys()).isEqualTo(4);
    application.variables.clear();
    assertThat(maxKeys()).isEqualTo(4);
  }

  /**
   * Another filter's init-params are the application's, too, and this one's, wherever it starts.
   */
  @Test
  void variableGoesBeforeEveryFiltersInitParams() throws Exception {
    application.filters.put("second", Map.of("maxKeysPerUser", "2"));
    application.variables.put("LATCHKEY_MAX_KEYS_PER_USER", "3");
    assertThat(maxKeys()).isEqualTo(3);
    ApiKeyFilter first = application.started("api");
    application.started("second").destroy();
    first.destroy();
  }

  @Test
  void wrongValueIsNamedAsItWasGiven() {
    contextParams.put("latchkey.cacheTtl", "soon");
    assertDoesNotStart("'api'", "context-param latchkey.cacheTtl must be");
    contextParams.remove("latchkey.cacheTtl");
    initParams.put("cacheTtl", "soon");
    assertDoesNotStart("init-param cacheTtl must be");
    initParams.clear();
    application.variables.put("LATCHKEY_CACHE_TTL", "s3cret");
    assertDoesNotStart("LATCHKEY_CACHE_TTL (cacheTtl) must be");
    application.variables.clear();
    application.properties.put("latchkey.cacheTtl", "s3cret");
    assertDoesNotStart("-Dlatchkey.cacheTtl must be");
    application.properties.clear();
    application.variables.put("LATCHKEY_WARM_UP", "11");
    contextParams.put("latchkey.cacheMaximumSize", "10");
    assertDoesNotStart("LATCHKEY_WARM_UP (warmUp)", "context-param latchkey.cacheMaximumSize");
    contextParams.remove("latchkey.cacheMaximumSize");
    application.variables.clear();
    application.variables.put("LATCHKEY_JDBC_URL", "h2:s3cret");
    assertDoesNotStart("LATCHKEY_JDBC_URL (jdbcUrl)", "driver");
  }

  @Test
  void wrongNameOfTheDescriptorIsNamedAsItWasGiven() {
    contextParams.put("latchkey.cachTtl", "s3cret");
    assertDoesNotStart("context-param latchkey.cachTtl is not a setting");
    contextParams.remove("latchkey.cachTtl");
    initParams.put("cachTtl", "s3cret");
    assertDoesNotStart("init-param cachTtl is not a setting");
    initParams.clear();
    initParams.put("environmentPrefix", "SHOP");
    assertDoesNotStart("init-param environmentPrefix is not a setting");
  }

  @Test
  void alternativeOfAnUpperSourceDecides() throws Exception {
    contextParams.put("latchkey.jdbcUser", "sa");
    initParams.put("jdbcPasswordFile", "nowhere");
    assertDoesNotStart("init-param jdbcPasswordFile");
    application.variables.put("LATCHKEY_JDBC_PASSWORD", "p");
    withStarted(apiKeys -> {});
    application.properties.put("latchkey.jdbcPasswordFile", "elsewhere");
    assertDoesNotStart("-Dlatchkey.jdbcPasswordFile");
    application.properties.clear();
    application.variables.put("LATCHKEY_DATA_SOURCE_JNDI_NAME", "jdbc/nothing");
    application.variables.remove("LATCHKEY_JDBC_PASSWORD");
    assertDoesNotStart("LATCHKEY_DATA_SOURCE_JNDI_NAME (dataSourceJndiName)", "nothing is bound");
    application.properties.put("latchkey.jdbcUrl", application.url);
    initParams.clear();
    withStarted(apiKeys -> {});
    application.properties.clear();
    application.variables.clear();
    contextParams.remove("latchkey.jdbcUrl");
    contextParams.put("latchkey.dataSourceJndiName", "jdbc/nothing");
    application.variables.put("LATCHKEY_JDBC_URL", application.url);
    withStarted(apiKeys -> {});
  }

  /** The descriptor is one source, wherever in it they stand. */
  @Test
  void alternativesInOneSourceStopTheStart() {
    initParams.put("dataSourceJndiName", "jdbc/x");
    assertDoesNotStart("context-param latchkey.jdbcUrl", "init-param dataSourceJndiName");
    initParams.clear();
    initParams.put("jdbcPassword", "s3cret");
    contextParams.put("latchkey.jdbcPasswordFile", "x");
    assertDoesNotStart("init-param jdbcPassword", "context-param latchkey.jdbcPasswordFile");
  }

  @Test
  void whatAFilterSetsForItselfStaysTheDescriptors() throws Exception {
    initParams.put("realm", "Own");
    contextParams.put("latchkey.keyHeader", "X-Own");
    application.variables.put("LATCHKEY_REALM", "\"");
    application.properties.put("latchkey.keyHeader", "X-Other");
    try (LogLines log = new LogLines(Level.WARN)) {
      withStarted(
          apiKeys -> {
            assertThat(apiKeys.filterSettings().realm()).isEqualTo("API");
            assertThat(apiKeys.filterSettings().keyHeader()).isEqualTo("X-Own");
          });
      assertThat(log.messages())
          .singleElement()
          .asString()
          .contains("LATCHKEY_REALM", "-Dlatchkey.keyHeader");
    }
  }

  @Test
  void applicationsArePartedByTheirPrefix() throws Exception {
    contextParams.put("latchkey.environmentPrefix", " SHOP ");
    application.variables.put("LATCHKEY_MAX_KEYS_PER_USER", "9");
    assertThat(maxKeys()).isEqualTo(1);
    application.variables.put("SHOP_MAX_KEYS_PER_USER", "2");
    assertThat(maxKeys()).isEqualTo(2);
    application.properties.put("shop.maxKeysPerUser", "3");
    assertThat(maxKeys()).isEqualTo(2);
    application.properties.put("latchkey.maxKeysPerUser", "4"); // for all applications
    assertThat(maxKeys()).isEqualTo(4);
    for (String wrong : List.of("", " ", "shop", "SHOP_", "A-B")) {
      contextParams.put("latchkey.environmentPrefix", wrong);
      assertDoesNotStart("latchkey.environmentPrefix must be");
    }
    contextParams.remove("latchkey.environmentPrefix");
    application.properties.remove("latchkey.maxKeysPerUser");
    assertThat(maxKeys()).isEqualTo(9);
  }

  /** It is code, and has taken what it wanted. */
  @Test
  void instanceThatTheApplicationOpenedTakesNothing() throws Exception {
    application.variables.put("LATCHKEY_MAX_KEYS_PER_USER", "wrong");
    application.properties.put("latchkey.maxKeysPerUser", "wrong");
    contextParams.put("latchkey.environmentPrefix", "wrong");
    try (ApiKeys own = ApiKeys.open(ApiKeysConfig.builder().jdbcUrl(application.url).build())) {
      application.attributes.put(ApiKeys.ATTRIBUTE, own);
      assertThat(maxKeys()).isEqualTo(1);
      application.attributes.clear();
    }
  }

  @Test
  void logSaysWhereEachSettingComesFrom() throws Exception {
    contextParams.put("latchkey.warmUp", "0"); // as by default
    contextParams.put("latchkey.realm", "Shop");
    initParams.put("maxStale", "PT1M");
    application.variables.put("LATCHKEY_JDBC_PASSWORD", "s3cret");
    application.properties.put("latchkey.cacheTtl", "PT2M");
    try (LogLines log = new LogLines(Level.INFO)) {
      withStarted(apiKeys -> {});
      assertThat(log.messages())
          .singleElement()
          .asString()
          .endsWith(
              ": jdbcUrl="
                  + application.url
                  + " (context-param latchkey.jdbcUrl), jdbcPassword=*** (LATCHKEY_JDBC_PASSWORD),"
                  + " maxStale=PT1M (init-param maxStale), cacheTtl=PT2M (-Dlatchkey.cacheTtl),"
                  + " realm=Shop (context-param latchkey.realm)");
    }
  }
}
