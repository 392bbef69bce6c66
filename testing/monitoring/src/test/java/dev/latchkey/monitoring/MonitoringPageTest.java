package dev.latchkey.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/monitoring.md lists is what there is. */
class MonitoringPageTest {
  /** A row: the meter, the names in Prometheus, the type. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(latchkey\\.[^`]+)` \\|[^|]*\\| ([^|]+) \\| (\\w+) \\|");

  private static final Pattern NAME = Pattern.compile("`(latchkey_\\w+)`");

  private static Shop shop() throws Exception {
    return new Shop(ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID()).build());
  }

  private static String typeOf(String samples, String name) {
    String family = name.replaceAll("_(count|sum)$", "");
    return Pattern.compile("(?m)^# TYPE " + family + " (\\w+)$")
        .matcher(samples)
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElse("none");
  }

  @Test
  void everyMeterIsListedByItsNamesAndItsType() throws Exception {
    try (Shop shop = shop()) {
      String samples = shop.caller().get("metrics").send().text();
      Map<String, String> listed = new TreeMap<>();
      ROW.matcher(Monitoring.read(Monitoring.PAGE))
          .results()
          .forEach(
              row ->
                  NAME.matcher(row.group(2))
                      .results()
                      .forEach(name -> listed.put(name.group(1), row.group(3))));
      Map<String, String> present = new TreeMap<>();
      Pattern.compile("(?m)^(latchkey_\\w+)[{ ]")
          .matcher(samples)
          .results()
          .map(found -> found.group(1))
          .forEach(name -> present.put(name, typeOf(samples, name)));
      present.replaceAll((name, type) -> type.equals("summary") ? "timer" : type);
      assertThat(listed).isEqualTo(present);

      Set<String> meters = new TreeSet<>();
      shop.registry().getMeters().forEach(meter -> meters.add(meter.getId().getName()));
      assertThat(ROW.matcher(Monitoring.read(Monitoring.PAGE)).results().map(row -> row.group(1)))
          .containsExactlyInAnyOrderElementsOf(meters);
    }
  }

  @Test
  void outcomesAreListed() throws Exception {
    try (Shop shop = shop()) {
      String page = Monitoring.read(Monitoring.PAGE);
      assertThat(shop.registry().find("latchkey.requests").functionCounters())
          .isNotEmpty()
          .allSatisfy(
              counter -> assertThat(page).contains("`" + counter.getId().getTag("outcome") + "`"));
    }
  }

  @Test
  void snippetsAreThoseOfTests() {
    String shop =
        plain(Monitoring.read(Path.of("src/test/java/dev/latchkey/monitoring/Shop.java")));
    assertThat(
            Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Monitoring.read(Monitoring.PAGE))
                .results()
                .map(block -> plain(block.group(1))))
        .isNotEmpty()
        .allSatisfy(block -> assertThat(shop).contains(block));
  }

  private static String plain(String text) {
    return text.replaceAll("\\s+", "");
  }
}
