package dev.latchkey.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.benchmark.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final RawData EVERYTHING_DRAWN =
      Data.of(
          Data.hotPath("limit", "1000", "ns/op", 100.0, 120.0),
          Data.hotPath("latchkey", "1000", "ns/op", 130.0, 140.0),
          Data.hotPath("spring-jwt", "1000", "ns/op", 60_000.0),
          Data.plain("wire", "latchkey", "ratio to bare", 0.99),
          Data.rows("poll", "10000", 10.0, 12.0),
          Data.rows("poll", "10000000", 11.0, 13.0));

  @TempDir Path docs;

  @Test
  void whereNothingWasMeasuredThePageSaysSo() throws IOException {
    assertThat(written(Data.of()))
        .contains("Not measured.", "Nothing was measured yet.")
        .doesNotContain("{{", "images/");
  }

  @Test
  void chartsAreOfTheirDataAlone() throws IOException {
    assertThat(written(EVERYTHING_DRAWN))
        .contains(
            "(images/performance-hot-path.svg)",
            "(images/performance-wire.svg)",
            "(images/performance-rows.svg)");
    for (String name : new String[] {"hot-path", "wire", "rows"}) {
      Path chart = docs.resolve("images/performance-" + name + ".svg");
      assertThat(chart)
          .content()
          .startsWith("<svg")
          .contains("<text")
          .isEqualTo(Charts.draw(name, EVERYTHING_DRAWN).orElseThrow().svg());
    }
  }

  @Test
  void aChartOfWhatIsNoLongerKnownGoes() throws IOException {
    written(EVERYTHING_DRAWN);
    written(Data.of());

    assertThat(docs.resolve("images")).isEmptyDirectory();
  }

  @Test
  void whatOthersTakeIsToldBesideUs() {
    RawData data =
        Data.of(
            Data.hotPath("latchkey", "1000", "ns/op", 100.0),
            Data.hotPath("shiro", "1000", "ns/op", 700.0, 800.0, 900.0),
            Data.hotPath("pac4j", "1", "ns/op", 700.0));

    assertThat(new Comparison("ns/op").text(data))
        .contains("|  | 1 000 keys | 1 key |")
        .contains("| shiro | 8 (7–9) | not measured |");
  }

  @Test
  void aSuiteThatThePageHasNoWordsForIsToldAllTheSame() throws IOException {
    assertThat(written(Data.of(Data.plain("new-one", "a thing", "ms", 1.0, 2.0, 3.0))))
        .contains("### new-one\n\n")
        .contains("| a thing | 2 | 1–3 | ms | 3 |");
  }

  @Test
  void whatSuitesDoNotShareIsToldWithTheirNames() {
    RawData data =
        new RawData(
            List.of(
                new Results("one", Map.of("cpu", "quick", "cores", "2"), List.of()),
                new Results("two", Map.of("cpu", "slow", "cores", "2"), List.of())));

    assertThat(EnvironmentTable.text(data))
        .contains("| cpu | quick (one); slow (two) |")
        .contains("| cores | 2 |");
  }

  private String written(RawData data) throws IOException {
    new Report(data, docs).write();
    return Files.readString(docs.resolve("performance.md"));
  }
}
