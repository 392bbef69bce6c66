package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleOptionsTest {
  private static ExampleOptions options(Map<String, String> environment, String... args) {
    return ExampleOptions.of(args, environment, Addition.NONE);
  }

  @Test
  void defaultIsAnEmbeddedDatabaseOnPort8080() {
    ExampleOptions options = options(Map.of());
    assertThat(options.port()).isEqualTo(8080);
    assertThat(options.config().toString()).contains("jdbc:h2:file:", "latchkey-example-data");
  }

  @Test
  void environmentVariablesAreOptions() {
    ExampleOptions options =
        options(Map.of("LATCHKEY_PORT", "9001", "LATCHKEY_JDBC_URL", "jdbc:mariadb://h/x"));
    assertThat(options.port()).isEqualTo(9001);
    assertThat(options.config().toString()).contains("jdbc:mariadb://h/x");
  }

  @Test
  void commandLineOverridesTheEnvironment() {
    Map<String, String> environment =
        Map.of("LATCHKEY_PORT", "9001", "LATCHKEY_JDBC_URL", "jdbc:mariadb://h/x");
    ExampleOptions options =
        options(environment, "--jdbc-user", "u", "--jdbc-url", "jdbc:mariadb://h/y", "--port", "1");
    assertThat(options.port()).isEqualTo(1);
    assertThat(options.config().toString()).contains("jdbc:mariadb://h/y");
  }

  @Test
  void anySettingMayBeSet() {
    assertThat(options(Map.of(), "--set", "jdbcUrl=jdbc:mariadb://h/z").config().toString())
        .contains("jdbc:mariadb://h/z");
    assertThat(options(Map.of(), "--set", "maxKeysPerUser=3").config().toString())
        .contains("maxKeysPerUser=3");
    assertThatThrownBy(() -> options(Map.of(), "--set", "maxKeysPerUser"))
        .hasMessageContaining("--set");
  }

  @Test
  void emptyVariablesAreNotSet() {
    ExampleOptions options =
        options(
            Map.of(
                "LATCHKEY_PORT",
                "",
                "LATCHKEY_JDBC_URL",
                "",
                "LATCHKEY_JDBC_USER",
                "",
                "LATCHKEY_JDBC_PASSWORD",
                ""));
    assertThat(options.port()).isEqualTo(8080);
    assertThat(options.config().toString()).contains("latchkey-example-data");
    assertThat(options.embedded()).isTrue();
  }

  /** Kubernetes sets these in every pod beside a service that is called latchkey. */
  @Test
  void portOfAServiceIsNotOurs() {
    for (String service :
        new String[] {"tcp://10.0.0.1:80", "udp://10.0.0.1:53", "tcp://[fd00::1]:80"}) {
      Map<String, String> variables = Map.of("LATCHKEY_PORT", service);
      assertThat(options(variables).port()).isEqualTo(8080);
      assertThat(Port.withoutPort(variables)).isEqualTo(variables); // Latchkey warns of it
    }
    assertThat(Port.withoutPort(Map.of("LATCHKEY_PORT", "9001", "LATCHKEY_X", "x")))
        .containsOnlyKeys("LATCHKEY_X");
  }

  @Test
  void everySettingMayComeFromTheEnvironmentAndOptionsWin() {
    Map<String, String> environment = Map.of("LATCHKEY_MAX_KEYS_PER_USER", "3");
    assertThat(options(environment).config().toString()).contains("maxKeysPerUser=3");
    assertThat(options(environment, "--set", "maxKeysPerUser=4").config().toString())
        .contains("maxKeysPerUser=4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "70000", "-1", "80 ", "8080x", "10.0.0.1:80", " "})
  void wrongPortIsNamedAsGiven(String port) {
    assertThatThrownBy(() -> options(Map.of("LATCHKEY_PORT", port)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("LATCHKEY_PORT must be")
        .hasMessageEndingWith(port);
    assertThatThrownBy(() -> options(Map.of("LATCHKEY_PORT", "9001"), "--port", port))
        .hasMessageStartingWith("--port must be")
        .hasMessageEndingWith(port);
    assertThat(options(Map.of("LATCHKEY_PORT", port), "--port", "1").port()).isEqualTo(1);
  }

  @Test
  void wrongDatabaseIsNamedAsGiven() {
    assertThatThrownBy(() -> ExampleServer.start(options(Map.of("LATCHKEY_JDBC_URL", "h2:mem:x"))))
        .hasMessageContaining("LATCHKEY_JDBC_URL");
    assertThatThrownBy(
            () -> ExampleServer.start(options(Map.of("LATCHKEY_JDBC_URL", "jdbc:mariadb:?x"))))
        .hasMessageContaining("LATCHKEY_JDBC_URL");
    assertThatThrownBy(() -> options(Map.of("LATCHKEY_CACHE_TTL", "soon")))
        .hasMessageStartingWith("LATCHKEY_CACHE_TTL (cacheTtl) must be");
    assertThatThrownBy(() -> options(Map.of(), "--set", "cacheTtl=soon"))
        .hasMessageStartingWith("--set cacheTtl must be");
    assertThatThrownBy(() -> ExampleServer.start(options(Map.of(), "--jdbc-url", "h2:mem:x")))
        .hasMessageContaining("--jdbc-url");
    assertThatThrownBy(
            () -> options(Map.of(), "--set", "jdbcPassword=x", "--jdbc-password-file", "y"))
        .hasMessageContaining("jdbcPassword");
  }

  @Test
  void commandLinePasswordOverridesTheEnvironments(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "s3cret");
    ExampleOptions options =
        options(Map.of("LATCHKEY_JDBC_PASSWORD", "0ther"), "--jdbc-password-file", file.toString());
    assertThat(options.toString()).doesNotContain("s3cret", "0ther");
    assertThatThrownBy(
            () ->
                options(
                    Map.of("LATCHKEY_JDBC_PASSWORD", "0ther", "LATCHKEY_JDBC_PASSWORD_FILE", "f")))
        .hasMessageContainingAll("LATCHKEY_JDBC_PASSWORD ", "LATCHKEY_JDBC_PASSWORD_FILE ");
    assertThat(options(Map.of("LATCHKEY_JDBC_PASSWORD", "0ther")).toString())
        .doesNotContain("0ther");
  }

  @Test
  void versionIsPrintedDespiteOtherErrors() {
    assertThat(options(Map.of("LATCHKEY_PORT", "x"), "--version").version()).isTrue();
    assertThat(Version.read()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
  }

  @Test
  void helpIsPrintedDespiteOtherErrors() {
    assertThat(options(Map.of("LATCHKEY_PORT", "x"), "--help").help()).isTrue();
    assertThat(options(Map.of("LATCHKEY_CACHE_TTL", "x"), "--help").help()).isTrue();
    assertThat(options(Map.of(), "--set", "cacheTtl=x", "--help").help()).isTrue();
    assertThatThrownBy(() -> options(Map.of("LATCHKEY_PORT", "x")))
        .hasMessageContaining("LATCHKEY_PORT");
    assertThatThrownBy(() -> options(Map.of(), "--port")).hasMessageContaining("--port");
  }
}
