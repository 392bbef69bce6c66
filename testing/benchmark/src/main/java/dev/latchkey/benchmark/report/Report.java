package dev.latchkey.benchmark.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The page about performance, made of the raw data: whenever a word of it changes, and without
 * measuring again.
 */
public final class Report {
  private static final String PAGE = "performance.md";
  private static final String IMAGES = "images";

  private final RawData data;
  private final Path docs;

  Report(RawData data, Path docs) {
    this.data = data;
    this.docs = docs;
  }

  /**
   * Writes the page and its charts.
   *
   * @param raw where the results are
   * @param docs where the page goes to
   */
  public static void write(Path raw, Path docs) throws IOException {
    new Report(RawData.read(raw), docs).write();
  }

  void write() throws IOException {
    Files.createDirectories(docs.resolve(IMAGES));
    Template template = new Template(resource(PAGE));
    String page =
        template.filled(
            Map.of(
                "goals", nothing -> GoalsTable.text(Goals.ALL, data),
                "comparison", unit -> new Comparison(unit).text(data),
                "environment", nothing -> EnvironmentTable.text(data),
                "version", this::version,
                "chart", this::chart,
                "suite", suite -> SuiteTable.text(data, suite),
                "others", nothing -> others(template.suites())));
    Files.writeString(docs.resolve(PAGE), page);
  }

  private String version(String name) {
    return data.suite(HotPath.SUITE)
        .map(results -> results.environment().get(name))
        .orElse("of unknown version");
  }

  /** The image, or nothing where nothing was measured; then none of before stays either. */
  private String chart(String name) {
    String file = "performance-" + name + ".svg";
    Path image = docs.resolve(IMAGES).resolve(file);
    try {
      Files.deleteIfExists(image);
      return Charts.draw(name, data)
          .map(
              drawing -> {
                write(image, drawing.svg());
                return "![%s](%s/%s)".formatted(drawing.title(), IMAGES, file);
              })
          .orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the page has no words for yet. */
  private String others(Set<String> known) {
    return data.suites().stream()
        .map(results -> results.suite())
        .filter(suite -> !known.contains(suite))
        .map(suite -> "### " + suite + "\n\n" + SuiteTable.text(data, suite) + "\n\n")
        .collect(Collectors.joining());
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = Report.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
