package dev.latchkey.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.latchkey.LogLines;
import dev.latchkey.internal.settings.Setting.Scope;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {
  private final Properties properties = new Properties();
  private final Map<String, String> variables = new HashMap<>();
  private final LogLines log = new LogLines(Level.WARN);

  @AfterEach
  void end() {
    log.close();
  }

  /** Returns each setting's text and origin. */
  private Map<String, String> read(String prefix) {
    return shown(new Environment(properties, variables).settings(prefix));
  }

  private Map<String, String> read() {
    return read(Environment.DEFAULT_PREFIX);
  }

  private static Map<String, String> shown(GivenSettings settings) {
    Map<String, String> shown = new LinkedHashMap<>();
    settings.forEach(
        (setting, given) -> shown.put(setting.name(), given.text() + " by " + given.origin()));
    return shown;
  }

  private static Stream<Setting<?>> ofTheApplication() {
    return Settings.all().stream().filter(setting -> setting.scope() == Scope.APPLICATION);
  }

  private static Stream<Setting<?>> ofFilters() {
    return Settings.all().stream().filter(setting -> setting.scope() == Scope.FILTER);
  }

  private static String variable(Setting<?> setting) {
    return "LATCHKEY_" + setting.name().replaceAll("([A-Z])", "_$1").toUpperCase();
  }

  @ParameterizedTest
  @CsvSource({
    "cacheTtl, LATCHKEY_CACHE_TTL",
    "jdbcUrl, LATCHKEY_JDBC_URL",
    "jdbcPasswordFile, LATCHKEY_JDBC_PASSWORD_FILE",
    "dataSourceJndiName, LATCHKEY_DATA_SOURCE_JNDI_NAME",
    "maxKeysPerUser, LATCHKEY_MAX_KEYS_PER_USER",
    "warmUp, LATCHKEY_WARM_UP",
    "unknownCacheMaximumSize, LATCHKEY_UNKNOWN_CACHE_MAXIMUM_SIZE"
  })
  void settingHasItsNameInEachPlace(String name, String variable) {
    variables.put(variable, "v");
    assertThat(read()).containsExactly(Map.entry(name, "v by " + variable));
    properties.put("latchkey." + name, "p");
    assertThat(read()).containsExactly(Map.entry(name, "p by -Dlatchkey." + name));
    assertThat(log.messages()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ofTheApplication")
  void eachSettingOfTheApplicationIsRead(Setting<?> setting) {
    variables.put(variable(setting), "v");
    assertThat(read()).containsOnlyKeys(setting.name());
    variables.clear();
    properties.put("latchkey." + setting.name(), "p");
    assertThat(read()).containsOnlyKeys(setting.name());
    assertThat(log.messages()).isEmpty();
  }

  /** They are the descriptor's alone. */
  @ParameterizedTest
  @MethodSource("ofFilters")
  void settingOfFiltersIsAWarning(Setting<?> setting) {
    variables.put(variable(setting), "v");
    properties.put("latchkey." + setting.name(), "p");
    assertThat(read()).isEmpty();
    assertThat(log.messages())
        .singleElement()
        .asString()
        .contains(variable(setting), "-Dlatchkey." + setting.name());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LATCHKEY_CACHETTL",
        "LATCHKEY_cacheTtl",
        "LATCHKEY_CACHE__TTL",
        "LATCHKEY__CACHE_TTL",
        "LATCHKEY_CACHE_TTL_",
        "LATCHKEY_CACHE-TTL",
        "LATCHKEY.CACHE_TTL",
        "latchkey_cache_ttl",
        "Latchkey_Cache_Ttl",
        "latchkey.cacheTtl",
        "LATCHKEY_CACHE_TTL_FILE",
        "LATCHKEY_LOGIN_PAGE",
        "LATCHKEY_TRUSTED_ORIGINS",
        "LATCHKEY_ENVIRONMENT_PREFIX",
        "LATCHKEY_PORT",
        "LATCHKEY_"
      })
  void unknownVariableIsAWarningWithoutItsValue(String name) {
    variables.put(name, "s3cret");
    assertThat(read()).isEmpty();
    assertThat(log.messages())
        .singleElement()
        .asString()
        .startsWith("Latchkey: ")
        .endsWith(": " + name);
    assertThat(log.messages().toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "latchkey.cachettl",
        "latchkey.cache-ttl",
        "latchkey.cache.ttl",
        "latchkey.CACHE_TTL",
        "LATCHKEY.cacheTtl",
        "LATCHKEY_CACHE_TTL",
        "latchkey.",
        "latchkey.environmentPrefix"
      })
  void unknownPropertyIsAWarningWithoutItsValue(String name) {
    properties.put(name, "s3cret");
    assertThat(read()).isEmpty();
    assertThat(log.messages()).singleElement().asString().endsWith(": -D" + name);
    assertThat(log.messages().toString()).doesNotContain("s3cret");
  }

  /** Kubernetes sets these in every pod beside a service that is called latchkey. */
  @Test
  void variablesOfAServiceAreOneWarning() {
    variables.put("LATCHKEY_PORT", "tcp://10.0.0.1:80");
    variables.put("LATCHKEY_PORT_80_TCP_ADDR", "10.0.0.1");
    variables.put("LATCHKEY_SERVICE_HOST", "10.0.0.1");
    variables.put("LATCHKEY_JDBC_PASSWROD", "s3cret");
    properties.put("latchkey.cachTtl", "PT1S");
    assertThat(read()).isEmpty();
    assertThat(log.messages())
        .singleElement()
        .asString()
        .endsWith(
            ": -Dlatchkey.cachTtl, LATCHKEY_JDBC_PASSWROD, LATCHKEY_PORT,"
                + " LATCHKEY_PORT_80_TCP_ADDR, LATCHKEY_SERVICE_HOST");
  }

  @Test
  void nameOfSeveralLinesMakesOneLine() {
    variables.put("LATCHKEY_X\nERROR forged", "x");
    read();
    assertThat(log.messages()).singleElement().asString().doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"CACHE_TTL", "LATCHKEY", "LATCHKEYS_CACHE_TTL", "cacheTtl", "MY_LATCHKEY_X"})
  void otherNamesAreNotOurs(String name) {
    variables.put(name, "x");
    properties.put(name, "x");
    assertThat(read()).isEmpty();
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void emptyOnesAreNotSet() {
    ofTheApplication().forEach(setting -> variables.put(variable(setting), ""));
    ofTheApplication().forEach(setting -> properties.put("latchkey." + setting.name(), ""));
    variables.put("LATCHKEY_NONSENSE", "");
    assertThat(read()).isEmpty();
    assertThat(log.messages()).isEmpty();
  }

  /** And hides nothing that is. */
  @Test
  void emptyPropertyLeavesTheVariable() {
    properties.put("latchkey.cacheTtl", "");
    variables.put("LATCHKEY_CACHE_TTL", "PT1M");
    properties.put("latchkey.dataSourceJndiName", "");
    variables.put("LATCHKEY_JDBC_URL", "u");
    assertThat(read()).containsOnlyKeys("jdbcUrl", "cacheTtl");
  }

  @Test
  void blanksAroundAValueDoNotCount() {
    variables.put("LATCHKEY_CACHE_TTL", " PT1M\r\n");
    properties.put("latchkey.jdbcUser", "\tshop ");
    assertThat(read().values())
        .containsExactlyInAnyOrder("PT1M by LATCHKEY_CACHE_TTL", "shop by -Dlatchkey.jdbcUser");
  }

  /** But for the line end of the file that it was copied from. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n", "\n\n", "\r"})
  void secretIsTakenAsItIs(String end) {
    variables.put("LATCHKEY_JDBC_PASSWORD", " s3\ncret " + end);
    assertThat(read()).containsEntry("jdbcPassword", " s3\ncret  by LATCHKEY_JDBC_PASSWORD");
  }

  @Test
  void eachSecretMayComeFromAFile() {
    List<String> names = Settings.all().stream().map(Setting::name).toList();
    List<Setting<?>> secrets =
        Settings.all().stream().<Setting<?>>map(s -> s).filter(Setting::isSecret).toList();
    assertThat(secrets).contains(Settings.JDBC_PASSWORD);
    for (Setting<?> secret : secrets) {
      assertThat(names).contains(secret.name() + "File");
      assertThat(Settings.alternativesOf(secret))
          .extracting(Setting::name)
          .containsExactly(secret.name() + "File");
    }
  }

  @Test
  void prefixPartsApplications() {
    variables.put("LATCHKEY_CACHE_TTL", "PT1M");
    variables.put("LATCHKEY_NONSENSE", "x");
    properties.put("latchkey.maxStale", "PT1M");
    variables.put("SHOP_CACHE_TTL", "PT2M");
    properties.put("shop.warmUp", "2");
    variables.put("SHOP_2_CACHE_TTL", "PT3M");
    assertThat(read("SHOP").values())
        .containsExactlyInAnyOrder("PT2M by SHOP_CACHE_TTL", "PT1M by -Dlatchkey.maxStale");
    assertThat(read("SHOP_2").values())
        .containsExactlyInAnyOrder("PT3M by SHOP_2_CACHE_TTL", "PT1M by -Dlatchkey.maxStale");
    assertThat(read("OTHER")).containsOnlyKeys("maxStale");
    assertThat(log.messages().toString()).doesNotContain("LATCHKEY").contains("SHOP_2_CACHE_TTL");
    assertThat(read()).containsOnlyKeys("cacheTtl", "maxStale");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "shop", "SHOP_", "_SHOP", "SHOP-2", "2SHOP", "S P", "A__B", "Ä", "SHOP."})
  void wrongPrefixIsNamed(String prefix) {
    assertThatThrownBy(() -> read(prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("environmentPrefix");
  }

  /** Of three sources, each may name one of alternatives: the uppermost that does decides. */
  @ParameterizedTest
  @CsvSource({
    "jdbcUrl, dataSourceJndiName",
    "dataSourceJndiName, jdbcUrl",
    "jdbcPassword, jdbcPasswordFile",
    "jdbcPasswordFile, jdbcPassword"
  })
  void alternativeOfAnUpperSourceDecides(String upper, String lower) {
    for (List<String> sources :
        List.of(
            List.of(upper, lower, ""),
            List.of(upper, "", lower),
            List.of("", upper, lower),
            List.of(upper, lower, lower),
            List.of(upper, lower, upper),
            List.of(upper, upper, lower))) {
      GivenSettings all = GivenSettings.NONE;
      for (String name : sources) {
        all = all.over(name.isEmpty() ? GivenSettings.NONE : source(name, "x"));
      }
      assertThat(shown(all)).containsOnlyKeys(upper);
    }
  }

  private static GivenSettings source(String name, String value) {
    return GivenSettings.of(Map.of(name, new Given(value, name)));
  }

  /** What is out of force puts nothing out of force. */
  @Test
  void overriddenAlternativeDoesNothing() {
    GivenSettings all =
        source("jdbcUrl", "x")
            .over(source("dataSourceJndiName", "y"))
            .over(GivenSettings.of(Map.of("jdbcUser", new Given("u", ""))));
    assertThat(shown(all)).containsOnlyKeys("jdbcUrl", "jdbcUser");
  }

  /** The account goes with its URL. */
  @Test
  void dataSourceOfAnUpperSourceNeedsNoAccountOfALowerOne() {
    properties.put("latchkey.dataSourceJndiName", "jdbc/shop");
    variables.put("LATCHKEY_JDBC_URL", "u");
    variables.put("LATCHKEY_JDBC_USER", "u");
    variables.put("LATCHKEY_JDBC_PASSWORD", "p");
    variables.put("LATCHKEY_JDBC_POOL_SIZE", "3");
    assertThat(read()).containsOnlyKeys("dataSourceJndiName", "jdbcPoolSize");
  }

  @Test
  void nothingShowsAValue() {
    variables.put("LATCHKEY_JDBC_PASSWORD", "s3cret");
    Environment environment = new Environment(properties, variables);
    GivenSettings settings = environment.settings("LATCHKEY");
    settings.forEach((setting, given) -> assertThat(given.toString()).doesNotContain("s3cret"));
    assertThat(environment + " " + settings).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:mariadb://h:3306/db?user=u&password=s3cret, jdbc:mariadb://h:3306/db",
    "jdbc:mariadb://u:s3cret@h/db, jdbc:mariadb://h/db",
    "jdbc:mariadb://u:s3/cret@h/db?password=s3cret, jdbc:mariadb://h/db",
    "jdbc:mariadb://u:s3?cret@h/db, jdbc:mariadb://u",
    "'jdbc:mariadb:sequential://[::1]:3306,b:3306/db;s3cret', 'jdbc:mariadb:sequential://[::1]:3306,b:3306/db'",
    "jdbc:h2:mem:x;USER=sa;PASSWORD=s3cret, jdbc:h2:mem:x",
    "jdbc:h2:tcp://h:9092/~/x;PASSWORD=s3cret, jdbc:h2:tcp://h:9092/~/x"
  })
  void urlIsShownWithoutSecrets(String url, String shown) {
    assertThat(JdbcUrl.withoutSecrets(url)).isEqualTo(shown);
    assertThat(Settings.JDBC_URL.show(url + "\n;s3cret")).doesNotContain("s3cret", "\n");
  }
}
