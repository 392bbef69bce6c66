package dev.latchkey.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The alert rules, by Prometheus's own tool, on made-up time series. */
class AlertRulesTest {
  private static final Path TESTS = Path.of("src/test/resources/latchkey-alerts.test.yml");

  private static Set<String> names(String pattern, Path file) {
    return Pattern.compile(pattern)
        .matcher(Monitoring.read(file))
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void rulesAreRight() throws Exception {
    Promtool.check("", "check", "rules", Monitoring.RULES.toString());
  }

  @Test
  void alertsFireWhenTheyShould() throws Exception {
    Promtool.check("", "test", "rules", TESTS.toString());
  }

  @Test
  void everyAlertIsTestedAndDocumented() {
    Set<String> alerts = names("- alert: (\\w+)", Monitoring.RULES);
    assertThat(alerts).isNotEmpty();
    assertThat(names("alertname: (\\w+)\\s+exp_alerts:\\s+- ", TESTS)).isEqualTo(alerts);
    assertThat(names("\\| `(Latchkey\\w+)` \\|", Monitoring.PAGE)).isEqualTo(alerts);
  }
}
