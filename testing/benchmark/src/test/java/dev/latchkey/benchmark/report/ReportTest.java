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
  @TempDir Path docs;

  @Test
  void whereNothingWasMeasuredThePageSaysSo() throws IOException {
    assertThat(written(Data.of()))
        .contains("Not measured.", "Nothing was measured yet.")
        .doesNotContain("{{");
  }

  @Test
  void whatOthersTakeIsToldBesideUs() {
    RawData data =
        Data.of(
            Data.hotPath("latchkey", "1000", "ns/op", 100.0),
            Data.hotPath("shiro", "1000", "ns/op", 700.0, 800.0, 900.0),
            Data.hotPath("pac4j", "1", "ns/op", 700.0));

    assertThat(Tables.comparison("ns/op", data))
        .contains("|  | 1 000 keys | 1 key |")
        .contains("| shiro | 8 (7–9) | not measured |");
  }

  @Test
  void aSuiteThatThePageHasNoWordsForIsToldAllTheSame() throws IOException {
    assertThat(written(Data.of(Data.plain("new-one", "a thing", "ms", 1.0, 2.0, 3.0))))
        .contains("## new-one\n\n")
        .contains("| a thing | 2 | 1–3 | ms | 3 |");
  }

  @Test
  void whatSuitesDoNotShareIsToldWithTheirNames() {
    RawData data =
        new RawData(
            List.of(
                new Results("one", Map.of("cpu", "quick", "cores", "2"), List.of()),
                new Results("two", Map.of("cpu", "slow", "cores", "2"), List.of())));

    assertThat(Tables.environment(data))
        .contains("| cpu | quick (one); slow (two) |")
        .contains("| cores | 2 |");
  }

  @Test
  void ratiosAreToTheBaseThatTheColumnNames() {
    RawData data =
        Data.of(
            Data.rows("poll", "100", 10.0, 20.0),
            Data.rows("poll", "10", 5.0),
            Data.rows("add", "100", 7.0));

    assertThat(Tables.suite("rows", new Base("least rows"), data))
        .contains("|  | rows | × least rows | median | min–max | unit | samples |")
        .contains("| poll | 100 | 3 (2–4) | 15 | 10–20 | µs | 2 |")
        .contains("| poll | 10 |  | 5 |", "| add | 100 |  | 7 |");
  }

  private String written(RawData data) throws IOException {
    new Report(data).write(docs);
    return Files.readString(docs.resolve("performance.md"))
        + Files.readString(docs.resolve("performance/tables.md"));
  }
}
