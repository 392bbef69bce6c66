package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Level;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.settings.Setting;
import dev.latchkey.internal.settings.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What code gets of settings from outside, and who is told of which. */
class EnvironmentSettingsTest {
  private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
  private final Properties properties = new Properties();
  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void nameADatabase() {
    variables.put("LATCHKEY_JDBC_URL", url);
  }

  private ApiKeysConfig.Builder builder() {
    return ApiKeysConfig.builder().fromEnvironment(properties, variables);
  }

  private int maxKeys(UnaryOperator<ApiKeysConfig.Builder> code) {
    return code.apply(builder()).build().limits().maxKeysPerUser();
  }

  @Test
  void codeGoesBeforePropertiesAndTheseBeforeVariables() {
    assertThat(maxKeys(code -> code)).isEqualTo(1);
    variables.put("LATCHKEY_MAX_KEYS_PER_USER", "2");
    assertThat(maxKeys(code -> code)).isEqualTo(2);
    properties.put("latchkey.maxKeysPerUser", "3");
    assertThat(maxKeys(code -> code)).isEqualTo(3);
    assertThat(maxKeys(code -> code.maxKeysPerUser(4))).isEqualTo(4);
    assertThat(maxKeys(code -> code.set("maxKeysPerUser", "5"))).isEqualTo(5);
    assertThat(maxKeys(code -> code.set("maxKeysPerUser", "6", "--max-keys"))).isEqualTo(6);
  }

  /** In whatever order it is said. */
  @Test
  void codeWinsThoughItSpokeBefore() {
    variables.put("LATCHKEY_MAX_KEYS_PER_USER", "2");
    ApiKeysConfig.Builder code =
        ApiKeysConfig.builder().maxKeysPerUser(4).fromEnvironment(properties, variables);
    assertThat(code.build().limits().maxKeysPerUser()).isEqualTo(4);
    assertThat(code.build().limits().maxKeysPerUser()).isEqualTo(4);
  }

  /** What is out of force is not judged. */
  @Test
  void wrongValueBelowARightOneIsNoFault() {
    variables.put("LATCHKEY_MAX_KEYS_PER_USER", "many");
    properties.put("latchkey.maxKeysPerUser", "3");
    assertThat(maxKeys(code -> code)).isEqualTo(3);
    properties.put("latchkey.maxKeysPerUser", "few");
    assertThat(maxKeys(code -> code.maxKeysPerUser(4))).isEqualTo(4);
  }

  @Test
  void whatFiltersAskIsNotTaken() {
    variables.put("LATCHKEY_REALM", "R");
    properties.put("latchkey.acceptBareKey", "true");
    assertThat(builder().build().filterSettings().realm()).isEqualTo("API");
    assertThat(builder().build().filterSettings().acceptBareKey()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "cacheTtl, soon, CACHE_TTL",
    "cacheTtl, PT-1S, CACHE_TTL",
    "cacheTtl, ' ', CACHE_TTL",
    "maxStale, 5m, MAX_STALE",
    "unknownCacheTtl, P200000D, UNKNOWN_CACHE_TTL",
    "lookupTimeout, PT0S, LOOKUP_TIMEOUT",
    "feedInterval, PT0S, FEED_INTERVAL",
    "feedWindow, PT1S, FEED_WINDOW",
    "lastUsedFlushInterval, x, LAST_USED_FLUSH_INTERVAL",
    "tombstoneRetention, PT59S, TOMBSTONE_RETENTION",
    "cacheMaximumSize, many, CACHE_MAXIMUM_SIZE",
    "unknownCacheMaximumSize, -1, UNKNOWN_CACHE_MAXIMUM_SIZE",
    "warmUp, 100001, WARM_UP",
    "maxKeysPerUser, 0, MAX_KEYS_PER_USER",
    "maxKeysPerUser, '\t', MAX_KEYS_PER_USER",
    "maxValidityDays, 0, MAX_VALIDITY_DAYS",
    "defaultValidityDays, 366, DEFAULT_VALIDITY_DAYS",
    "keyPrefix, lk, KEY_PREFIX",
    "jdbcPoolSize, 0, JDBC_POOL_SIZE",
    "startWithoutStore, TRUE, START_WITHOUT_STORE",
    "schemaMigration, sometimes, SCHEMA_MIGRATION",
    "tableSchema, 1keys, TABLE_SCHEMA"
  })
  void wrongValueIsNamedAsItWasGiven(String name, String value, String variable) {
    variables.put("LATCHKEY_" + variable, value);
    assertThatThrownBy(() -> builder().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("LATCHKEY_" + variable + " (" + name + ")");
    variables.put("LATCHKEY_" + variable, "");
    properties.put("latchkey." + name, value);
    assertThatThrownBy(() -> builder().build()).hasMessageContaining("-Dlatchkey." + name + " ");
    properties.clear();
    assertThatThrownBy(() -> builder().set(name, value, "--x").build())
        .hasMessageContaining("--x (" + name + ")");
    assertThatThrownBy(() -> builder().set(name, value).build())
        .hasMessageContaining(name)
        .hasMessageNotContaining("LATCHKEY_");
  }

  @Test
  void contradictionNamesEachAsItWasGiven() {
    variables.put("LATCHKEY_CACHE_MAXIMUM_SIZE", "10");
    properties.put("latchkey.warmUp", "11");
    assertThatThrownBy(() -> builder().build())
        .hasMessage(
            "-Dlatchkey.warmUp must be at most LATCHKEY_CACHE_MAXIMUM_SIZE (cacheMaximumSize) (10),"
                + " not 11");
    properties.clear();
    assertThatThrownBy(() -> builder().warmUp(11).build())
        .hasMessageStartingWith("warmUp must")
        .hasMessageContaining("LATCHKEY_CACHE_MAXIMUM_SIZE");
  }

  @Test
  void unknownNameInCodeIsNamedAsItWasGiven() {
    assertThatThrownBy(() -> builder().set("cachTtl", "s3cret", "--cach"))
        .hasMessageStartingWith("--cach (cachTtl) is not a setting")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> builder().set("realm", "\"", "--realm"))
        .hasMessageStartingWith("--realm must be");
    assertThatThrownBy(() -> builder().isSet("cachTtl")).hasMessageContaining("cachTtl");
  }

  /** In one source: each of the two, and above nothing that decides. */
  @ParameterizedTest
  @ValueSource(strings = {"variables", "properties", "code"})
  void alternativesInOneSourceStopTheStart(String source) {
    Map<String, String> names =
        Map.of(
            "dataSourceJndiName", "LATCHKEY_DATA_SOURCE_JNDI_NAME",
            "jdbcPassword", "LATCHKEY_JDBC_PASSWORD",
            "jdbcPasswordFile", "LATCHKEY_JDBC_PASSWORD_FILE",
            "jdbcUrl", "LATCHKEY_JDBC_URL");
    for (List<String> pair :
        List.of(
            List.of("jdbcUrl", "dataSourceJndiName"),
            List.of("jdbcPassword", "jdbcPasswordFile"))) {
      properties.clear();
      variables.clear();
      ApiKeysConfig.Builder code = ApiKeysConfig.builder();
      if (pair.contains("jdbcPassword")) {
        variables.put("LATCHKEY_JDBC_URL", url);
      }
      for (String name : pair) {
        if (source.equals("variables")) {
          variables.put(names.get(name), "s3cret");
        } else if (source.equals("properties")) {
          properties.put("latchkey." + name, "s3cret");
        } else {
          code.set(name, "s3cret");
        }
      }
      code.fromEnvironment(properties, variables);
      assertThatThrownBy(code::build)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll(pair.toArray(String[]::new))
          .hasMessageNotContaining("s3cret");
      if (source.equals("variables")) {
        assertThatThrownBy(code::build)
            .hasMessageContainingAll(names.get(pair.get(0)), names.get(pair.get(1)));
      }
    }
  }

  @Test
  void codePutsAlternativesOutOfForce() throws Exception {
    variables.put("LATCHKEY_JDBC_USER", "nobody");
    variables.put("LATCHKEY_JDBC_PASSWORD_FILE", "nowhere");
    JdbcDataSource dataSource = new JdbcDataSource();
    dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    ApiKeys.open(builder().dataSource(dataSource).build()).close();
    variables.remove("LATCHKEY_JDBC_URL");
    variables.put("LATCHKEY_DATA_SOURCE_JNDI_NAME", "jdbc/nowhere");
    ApiKeys.open(builder().dataSource(dataSource).build()).close();
    ApiKeys.open(builder().jdbcUrl(url).jdbcUser("sa").jdbcPassword("").build()).close();
    assertThat(builder().dataSourceJndiName("x").build().toString()).contains("x");
  }

  @Test
  void propertyPutsAVariablesAlternativeOutOfForce() {
    variables.put("LATCHKEY_JDBC_PASSWORD_FILE", "nowhere");
    properties.put("latchkey.jdbcPassword", "");
    assertThatThrownBy(() -> ApiKeys.open(builder().build())).hasMessageContaining("_FILE");
    properties.put("latchkey.jdbcPassword", "p");
    ApiKeys.open(builder().build()).close();
  }

  @Test
  void variablesOfCodeMayBeginOtherwise() {
    assertThatThrownBy(() -> ApiKeysConfig.builder().fromEnvironment("shop"))
        .hasMessage(
            "environmentPrefix must be capital letters and digits, separated by single underscores, such as"
                + " SHOP");
    assertThat(ApiKeysConfig.builder().fromEnvironment("SHOP_KEYS").isSet("jdbcUrl")).isFalse();
  }

  @Test
  void settingOfAFilterIsNamedByItsOrigin() {
    FilterSettings.Builder filter = FilterSettings.builder();
    assertThat(filter.isSet("realm")).isFalse();
    assertThat(filter.set("realm", "Shop", "--realm").isSet("realm")).isTrue();
    assertThatThrownBy(() -> filter.isSet("jdbcUrl")).hasMessageContaining("jdbcUrl");
    assertThatThrownBy(() -> filter.set("credentials", "maybe", "--keys"))
        .hasMessageStartingWith("--keys (credentials) must be");
  }

  /** An origin may hold names of other settings, as paths of files do. */
  @Test
  void contradictionNamesEachOriginOnce() {
    ApiKeysConfig.Builder builder =
        ApiKeysConfig.builder()
            .jdbcUrl(url)
            .set("tombstoneRetention", "PT1S", "/feedWindow/a")
            .set("feedWindow", "PT20S", "/tombstoneRetention/b");
    assertThatThrownBy(builder::build)
        .hasMessage(
            "/feedWindow/a (tombstoneRetention) (PT1S) must be at least twice"
                + " /tombstoneRetention/b (feedWindow) (PT20S)");
  }

  @Test
  void whatIsSetIsKnownBeforeTheRest() {
    assertThat(builder().isSet("jdbcUrl")).isTrue();
    assertThat(builder().isSet("dataSourceJndiName")).isFalse();
    assertThat(builder().isSet("cacheTtl")).isFalse();
    assertThat(builder().cacheTtl(Duration.ofMinutes(5)).isSet("cacheTtl")).isTrue();
    assertThat(builder().realm("R").isSet("realm")).isTrue();
    properties.put("latchkey.dataSourceJndiName", "x");
    assertThat(builder().isSet("jdbcUrl")).isFalse();
    assertThat(ApiKeysConfig.builder().isSet("jdbcUrl")).isFalse();
  }

  private static void assertFails(ApiKeysConfig config, String... words) {
    assertThatThrownBy(() -> ApiKeys.open(config))
        .isInstanceOfAny(IllegalArgumentException.class, StoreException.class)
        .hasMessageContainingAll(words)
        .satisfies(
            failure -> {
              StringWriter trace = new StringWriter();
              failure.printStackTrace(new PrintWriter(trace));
              assertThat(trace.toString()).doesNotContain("s3cret");
            });
  }

  /** What only the database, its driver or the disk can tell. */
  @Test
  void failureToOpenIsNamedAsItWasGiven() {
    variables.put("LATCHKEY_JDBC_PASSWORD", "s3cret");
    variables.put("LATCHKEY_LOOKUP_TIMEOUT", "PT0.3S");
    for (String wrong :
        List.of(
            "h2:mem:s3cret",
            "   ",
            "jdbc:x:y?password=s3cret",
            "jdbc:mariadb:127.0.0.1/db?password=s3cret",
            "jdbc:mariadb://127.0.0.1:1/db?password=s3cret",
            "jdbc:mariadb://u:s3cret@127.0.0.1:1/db")) {
      variables.put("LATCHKEY_JDBC_URL", wrong);
      assertFails(builder().build(), "LATCHKEY_JDBC_URL");
    }
    variables.put("LATCHKEY_JDBC_URL", "");
    properties.put("latchkey.jdbcUrl", "jdbc:x:y?password=s3cret");
    assertFails(builder().build(), "-Dlatchkey.jdbcUrl");
    properties.clear();
    variables.clear();
    variables.put("LATCHKEY_DATA_SOURCE_JNDI_NAME", "jdbc/nothing");
    assertFails(builder().build(), "LATCHKEY_DATA_SOURCE_JNDI_NAME");
    variables.clear();
    variables.put("LATCHKEY_JDBC_URL", url);
    variables.put("LATCHKEY_JDBC_PASSWORD_FILE", "nowhere");
    assertFails(builder().build(), "LATCHKEY_JDBC_PASSWORD_FILE");
    properties.put("latchkey.jdbcPasswordFile", "nowhere");
    assertFails(builder().build(), "-Dlatchkey.jdbcPasswordFile");
  }

  /** Somebody gave a secret to the wrong name: neither message nor cause quotes it. */
  @Test
  void valueOfAnySettingStaysSecret() {
    for (Setting<?> setting : Settings.all()) {
      for (String secret : List.of("s3cret", "\0s3cret", "s3cret,\n", "PTs3cretS")) {
        try {
          ApiKeysConfig.builder().set(setting.name(), secret, "--x");
        } catch (IllegalArgumentException e) {
          StringWriter trace = new StringWriter();
          e.printStackTrace(new PrintWriter(trace));
          if (!List.of("roles", "excludedPaths").contains(setting.name())) { // lists are shown
            assertThat(trace.toString()).doesNotContain("s3cret").contains(setting.name());
          }
        }
      }
    }
  }

  private static List<String> linesOf(ApiKeysConfig config) {
    try (LogLines log = new LogLines(Level.INFO)) {
      ApiKeys.open(config).close();
      return log.messages();
    }
  }

  @Test
  void startIsOneLineOfTheLogWithoutSecrets() {
    variables.put("LATCHKEY_JDBC_URL", url + ";USER=app;PASSWORD=s3cret");
    variables.put("LATCHKEY_CACHE_TTL", "PT1M");
    variables.put("LATCHKEY_MAX_STALE", "PT5M"); // as by default
    properties.put("latchkey.maxKeysPerUser", "3");
    List<String> lines =
        linesOf(
            builder()
                .lookupTimeout(Duration.ofSeconds(3))
                .set("jdbcPoolSize", "5", "--pool")
                .set("realm", "Shop", "context-param latchkey.realm")
                .build());
    assertThat(lines).singleElement().asString().doesNotContain("s3cret").doesNotContain("\n");
    assertThat(lines.get(0))
        .startsWith("Latchkey: started, version 0.")
        .contains("database H2 2.", " at " + url + ", ")
        .endsWith(
            "other than the defaults: jdbcUrl="
                + url
                + " (LATCHKEY_JDBC_URL), maxKeysPerUser=3 (-Dlatchkey.maxKeysPerUser),"
                + " jdbcPoolSize=5 (--pool), cacheTtl=PT1M (LATCHKEY_CACHE_TTL), lookupTimeout=PT3S (code),"
                + " realm=Shop (context-param latchkey.realm)");
  }

  @Test
  void passwordIsMasked() {
    variables.put("LATCHKEY_JDBC_USER", "app");
    variables.put("LATCHKEY_JDBC_PASSWORD", "s3cret\n");
    ApiKeysConfig config = builder().build();
    assertThat(linesOf(config))
        .singleElement()
        .asString()
        .contains("jdbcUser=app (LATCHKEY_JDBC_USER), jdbcPassword=*** (LATCHKEY_JDBC_PASSWORD)")
        .doesNotContain("s3cret");
    assertThat(config.toString()).doesNotContain("s3cret");
    assertThat(config.jdbc().jdbcPassword()).isEqualTo("s3cret");
  }

  @Test
  void defaultsAreNotListed() {
    JdbcDataSource dataSource = new JdbcDataSource();
    dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    assertThat(linesOf(ApiKeysConfig.builder().dataSource(dataSource).build()))
        .singleElement()
        .asString()
        .endsWith("other than the defaults: none")
        .contains("H2 2.");
  }

  @Test
  void databaseThatIsNotThereIsSaidSo() {
    variables.put("LATCHKEY_JDBC_URL", "jdbc:mariadb://127.0.0.1:1/x?password=s3cret");
    variables.put("LATCHKEY_LOOKUP_TIMEOUT", "PT0.3S");
    variables.put("LATCHKEY_START_WITHOUT_STORE", "true");
    assertThat(linesOf(builder().build()))
        .anyMatch(line -> line.contains("database not reached yet"))
        .noneMatch(line -> line.contains("s3cret"));
  }

  @Test
  void databaseThatIsThereLaterIsSaidSo() throws Exception {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    AtomicBoolean there = new AtomicBoolean();
    DataSource dataSource = mock(DataSource.class);
    when(dataSource.getConnection())
        .thenAnswer(
            call -> {
              if (!there.get()) {
                throw new SQLException("not there yet");
              }
              return database.getConnection();
            });
    ApiKeysConfig config =
        ApiKeysConfig.builder().dataSource(dataSource).startWithoutStore(true).build();
    try (LogLines log = new LogLines(Level.INFO);
        ApiKeys apiKeys = ApiKeys.open(config)) {
      assertThat(log.messages())
          .anyMatch(line -> line.contains("starting without key store"))
          .noneMatch(line -> line.contains("jdbcUrl"));
      there.set(true);
      Predicate<String> wanted =
          line -> line.matches("Latchkey: key store available: H2 2\\..* at jdbc:h2:.*");
      while (log.messages().stream().noneMatch(wanted)) {
        Thread.onSpinWait();
      }
      assertThat(apiKeys.database()).isPresent();
    }
  }

  @Test
  void databaseIsToldToCode() {
    try (ApiKeys apiKeys = ApiKeys.open(builder().build())) {
      assertThat(apiKeys.database().orElseThrow()).matches("H2 2\\.[0-9.]+");
    }
  }
}
