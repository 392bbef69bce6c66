package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExampleOptionsTest {
  private static ExampleOptions options(Map<String, String> environment, String... args) {
    return ExampleOptions.of(args, environment);
  }

  @Test
  void theDefaultIsAnEmbeddedDatabaseOnPort8080() {
    ExampleOptions options = options(Map.of());
    assertThat(options.port()).isEqualTo(8080);
    assertThat(options.config().toString()).contains("jdbc:h2:file:", "latchkey-example-data");
  }

  @Test
  void theEnvironmentServesAsWell() {
    ExampleOptions options =
        options(Map.of("LATCHKEY_PORT", "9001", "LATCHKEY_JDBC_URL", "jdbc:mariadb://h/x"));
    assertThat(options.port()).isEqualTo(9001);
    assertThat(options.config().toString()).contains("jdbc:mariadb://h/x");
  }

  @Test
  void theCommandLineGoesFirst() {
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
  void helpIsGivenWhateverElseIsWrong() {
    assertThat(options(Map.of("LATCHKEY_PORT", "x"), "--help").help()).isTrue();
    assertThatThrownBy(() -> options(Map.of("LATCHKEY_PORT", "x")))
        .hasMessageContaining("LATCHKEY_PORT");
    assertThatThrownBy(() -> options(Map.of(), "--port")).hasMessageContaining("--port");
  }
}
