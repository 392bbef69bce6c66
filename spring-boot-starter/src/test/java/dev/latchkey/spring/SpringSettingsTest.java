package dev.latchkey.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.ApiKeysConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

class SpringSettingsTest {
  private final StandardEnvironment environment = new StandardEnvironment();
  private final Map<String, Object> properties = new HashMap<>();
  private final Map<String, Object> variables = new HashMap<>();

  private SpringSettings settings() {
    environment.getPropertySources().addFirst(new MapPropertySource("properties", properties));
    environment
        .getPropertySources()
        .addFirst(
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    ConfigurationPropertySources.attach(environment);
    return new SpringSettings(environment);
  }

  private ApiKeysConfig config(SpringSettings settings) {
    ApiKeysConfig.Builder config = ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:");
    settings.addTo(config);
    try {
      return config.build();
    } catch (IllegalArgumentException e) {
      throw settings.wrong(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "latchkey.key-header",
        "latchkey.keyHeader",
        "latchkey.key_header",
        "LATCHKEY_KEY_HEADER",
        "LATCHKEY_KEYHEADER"
      })
  void aSettingHasTheNamesThatBootGivesIt(String name) {
    (name.startsWith("L") ? variables : properties).put(name, "X-Shop-Key");
    assertThat(config(settings()).filterSettings().keyHeader()).isEqualTo("X-Shop-Key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT40S", "40s"})
  void durationsHaveEitherForm(String text) {
    properties.put("latchkey.feed-window", text);
    properties.put("latchkey.feed-interval", "PT20.001S");
    assertThatThrownBy(() -> config(settings()))
        .hasMessageContaining("latchkey.feed-window (PT40S) must be at least twice");
  }

  @Test
  void listsHaveEitherForm() throws Exception {
    environment
        .getPropertySources()
        .addFirst(
            new YamlPropertySourceLoader()
                .load(
                    "yaml",
                    new ByteArrayResource(
                        "latchkey:\n  excluded-paths:\n  - /a\n  - /b/*\n".getBytes()))
                .get(0));
    assertThat(config(settings()).filterSettings().excludedPaths())
        .isEqualTo(List.of("/a", "/b/*"));
    variables.put("LATCHKEY_EXCLUDED_PATHS", "/c, /d");
    assertThat(config(settings()).filterSettings().excludedPaths()).isEqualTo(List.of("/c", "/d"));
  }

  @Test
  void anEmptyValueIsNotSet() {
    variables.put("LATCHKEY_REALM", " ");
    assertThat(config(settings()).filterSettings().realm()).isEqualTo("API");
    properties.put("latchkey.realm", "Lower");
    assertThat(config(settings()).filterSettings().realm()).isEqualTo("Lower");
  }

  /** The last line end is that of a file, which the secret was copied from. */
  @Test
  void aSecretIsKeptAsGiven() {
    properties.put("latchkey.jdbc-password", " two words\t \r\n");
    properties.put("latchkey.jdbc-user", " app \n");
    SpringSettings settings = settings();
    assertThat(settings.text("jdbc-password")).isEqualTo(" two words\t ");
    assertThat(settings.text("jdbc-user")).isEqualTo("app");
  }

  @Test
  void placeholdersMayBeOfAnySource() {
    properties.put("latchkey.realm", "${SHOP} keys");
    variables.put("SHOP", "Books");
    assertThat(config(settings()).filterSettings().realm()).isEqualTo("Books keys");
  }

  @ParameterizedTest
  @CsvSource({
    "latchkey.jdbc-url, data-source-jndi-name",
    "latchkey.jdbc-password, jdbc-password-file",
    "latchkey.jdbc-password-file, jdbc-password"
  })
  void anAlternativeInAHigherSourcePutsTheOtherOutOfForce(String lower, String higher) {
    properties.put(lower, "x");
    variables.put("LATCHKEY_" + higher.replace('-', '_').toUpperCase(Locale.ROOT), "y");
    SpringSettings settings = settings();
    assertThat(settings.has(lower.replace("latchkey.", ""))).isFalse();
    assertThat(settings.text(higher)).isEqualTo("y");
  }

  @Test
  void aDataSourceInAHigherSourceHasAnAccountOfItsOwn() {
    properties.put("latchkey.jdbc-user", "app");
    properties.put("latchkey.jdbc-password", "x");
    variables.put("LATCHKEY_DATA_SOURCE_JNDI_NAME", "jdbc/shop");
    SpringSettings settings = settings();
    assertThat(settings.has("jdbc-user")).isFalse();
    assertThat(settings.has("jdbc-password")).isFalse();
  }

  @Test
  void anAlternativeInALowerSourceDoesNotCount() {
    variables.put("LATCHKEY_JDBC_URL", "jdbc:h2:mem:");
    properties.put("latchkey.data-source-jndi-name", "jdbc/shop");
    assertThat(settings().has("data-source-jndi-name")).isFalse();
  }

  @Test
  void alternativesInOneSourceContradictEachOther() {
    properties.put("latchkey.jdbc-password", "x");
    properties.put("latchkey.jdbc-password-file", "y");
    assertThatThrownBy(() -> config(settings()))
        .hasMessage("latchkey.jdbc-password and latchkey.jdbc-password-file exclude each other");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "latchkey.cache-ttl=soon",
        "latchkey.cache-ttl=-1s",
        "latchkey.max-keys-per-user=30s",
        "latchkey.realm=\"",
        "latchkey.accept-bare-key=perhaps",
        "latchkey.excluded-paths=a",
        "latchkey.schema-migration=maybe",
        "latchkey.key-prefix=no-prefix"
      })
  void aWrongValueIsNamedAsItWasGiven(String given) {
    String[] parts = given.split("=");
    properties.put(parts[0], parts[1]);
    SpringSettings settings = settings();
    assertThatThrownBy(() -> config(settings))
        .isInstanceOf(WrongSettingException.class)
        .hasMessageStartingWith(parts[0] + " must be ")
        .message()
        .doesNotContain("\n", "property source");
  }

  @Test
  void aMessageSaysWhereTheSettingIs() throws Exception {
    environment
        .getPropertySources()
        .addFirst(
            new YamlPropertySourceLoader()
                .load("yaml", new ByteArrayResource("latchkey:\n  warm-up: x\n".getBytes()))
                .get(0));
    SpringSettings settings = settings();
    WrongSettingException failure =
        catchThrowableOfType(WrongSettingException.class, () -> config(settings));
    assertThat(failure.origin()).contains("2:12");
    assertThat(new WrongSettingAnalyzer().analyze(failure).getDescription())
        .isEqualTo("Latchkey cannot start: latchkey.warm-up must be a whole number, at least 0");
  }

  @Test
  void aContradictionNamesBothPlaces() {
    properties.put("latchkey.tombstone-retention", "1s");
    variables.put("LATCHKEY_FEED_WINDOW", "20s");
    SpringSettings settings = settings();
    WrongSettingException failure =
        catchThrowableOfType(WrongSettingException.class, () -> config(settings));
    assertThat(failure)
        .hasMessage(
            "latchkey.tombstone-retention (PT1S) must be at least twice latchkey.feed-window"
                + " (PT20S)");
    assertThat(failure.origin())
        .contains(
            "\"LATCHKEY_FEED_WINDOW\" from property source \"systemEnvironment\"",
            " or ",
            "\"latchkey.tombstone-retention\" from property source \"properties\"");
  }

  @Test
  void contradictionsNameSettingsAsSpringDoes() {
    assertThat(
            SettingNames.inSpring(
                "tombstoneRetention (PT1S) must be at least twice feedWindow (PT30S)"))
        .isEqualTo(
            "latchkey.tombstone-retention (PT1S) must be at least twice latchkey.feed-window"
                + " (PT30S)");
    assertThat(SettingNames.inSpring("roles must be roles"))
        .isEqualTo("latchkey.roles must be roles");
  }

  @Test
  void whatIsNotOursIsTold() {
    variables.put("LATCHKEY_PORT", "tcp://10.0.0.1:80");
    variables.put("LATCHKEY_CACHE_TTL", "1m");
    variables.put("LATCHKEY_SERVLET_LOGINPAGE", "/login");
    properties.put("latchkey.filter.url-patterns[0]", "/x");
    properties.put("latchkey.cahce-ttl", "1m");
    properties.put("latchkey.owner.query", "SELECT"); // as nobody reads it
    variables.put("LATCHKEY_OWNER_QUERY", "SELECT");
    assertThat(settings().unknown())
        .containsExactly("latchkey.cahce-ttl", "latchkey.owner.query", "latchkey.port");
  }
}
