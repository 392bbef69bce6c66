package dev.latchkey.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.Packages;
import dev.latchkey.test.Polling;
import dev.latchkey.test.TcpProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus, a real application with callers, and a database that goes away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrometheusTest {
  private static final Set<String> OUTAGE =
      Set.of("LatchkeyStoreUnavailable", "LatchkeyChangeFeedBehind", "LatchkeyRequestsUnavailable");

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private TcpProxy proxy;
  private Shop shop;
  private Prometheus prometheus;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Packages.demandProgram("prometheus", "prometheus");
    MariaDbServer database = opened(new MariaDbServer(MariaDbBinaries.bundled()));
    proxy = opened(new TcpProxy(database.port()));
    shop =
        opened(
            new Shop(
                ApiKeysConfig.builder()
                    .jdbcUrl(database.url(database.newDatabase(), proxy.port()))
                    .jdbcUser(MariaDbServer.USER)
                    .jdbcPassword(MariaDbServer.PASSWORD)
                    .lookupTimeout(Duration.ofMillis(500))
                    .feedInterval(Duration.ofMillis(200))
                    .build()));
    prometheus = opened(new Prometheus(folder, quickRules(folder), shop.port()));
    opened(new Traffic(shop.caller(), shop.newKey("alice")));
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  @AfterAll
  void stop() throws Exception {
    for (AutoCloseable part : opened) { // the last one first
      part.close();
    }
  }

  /** Copies the rules, with shorter durations: minutes become seconds. */
  private static Path quickRules(Path folder) throws IOException {
    String rules = Monitoring.read(Monitoring.RULES);
    for (String[] change :
        new String[][] {
          {"\\[(5|10)m]", "[5s]"}, {"for: \\w+", "for: 1s"}, {"lag_seconds > 30", "lag_seconds > 2"}
        }) {
      String quick = rules.replaceAll(change[0], change[1]);
      assertThat(quick).as(change[0]).isNotEqualTo(rules);
      rules = quick;
    }
    return Files.writeString(folder.resolve("rules.yml"), rules);
  }

  @Test
  void everyPanelOfTheDashboardShowsSomething() {
    Map<String, String> panels = new HashMap<>();
    JsonMapper.shared()
        .readTree(Monitoring.read(Monitoring.DASHBOARD))
        .path("panels")
        .forEach(panel -> panel.path("targets").forEach(target -> add(panels, panel, target)));
    assertThat(panels).hasSizeGreaterThan(10);
    panels.forEach(
        (panel, expression) ->
            Polling.until(
                () -> isNumbers(prometheus.query(expression)),
                () -> panel + " shows nothing: " + expression));
  }

  private static void add(Map<String, String> panels, JsonNode panel, JsonNode target) {
    panels.put(
        panel.path("title").asString() + " " + target.path("refId").asString(),
        target
            .path("expr")
            .asString()
            .replace("$__rate_interval", "5s")
            .replace("$job", ".*")
            .replace("$instance", ".*"));
  }

  private static boolean isNumbers(List<Double> values) {
    return !values.isEmpty() && values.stream().allMatch(Double::isFinite);
  }

  @Test
  void alertsFireInAnOutageAndEndWithIt() {
    Polling.until(() -> prometheus.query("up == 1").size() == 1, () -> "nothing is scraped");
    awaitNoOutage(); // a machine that is slow at first may have had one
    proxy.cut();
    Polling.until(
        () -> prometheus.firing().containsAll(OUTAGE), () -> "only " + prometheus.firing());
    proxy.heal();
    awaitNoOutage();
  }

  private void awaitNoOutage() {
    Polling.until(
        () -> prometheus.firing().stream().noneMatch(OUTAGE::contains),
        () -> "still " + prometheus.firing());
  }

  @Test
  void metricsAreAsPrometheusWantsThem() throws Exception {
    Promtool.check(shop.caller().get("metrics").send().text(), "check", "metrics");
  }
}
