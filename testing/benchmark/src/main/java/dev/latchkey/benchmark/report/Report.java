package dev.latchkey.benchmark.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the pages about performance from raw data: the words are in the resources beside it. */
public final class Report {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\S+?)(?: ([^}]+))?}}");
  private static final String PAGE = "performance.md";
  private static final String TABLES = "tables.md";

  private final RawData data;
  private final Set<String> told = new HashSet<>();

  /** Creates one of this data. */
  public Report(RawData data) {
    this.data = data;
  }

  /** Writes the page, and the full tables into the folder of the raw data. */
  public void write(Path docs) throws IOException {
    Path folder = Files.createDirectories(docs.resolve("performance"));
    Files.writeString(docs.resolve(PAGE), filled(PAGE));
    Files.writeString(folder.resolve(TABLES), filled(TABLES));
  }

  private String filled(String template) {
    return PLACE
        .matcher(resource(template))
        .replaceAll(
            place -> {
              String word = place.group(2) == null ? "" : place.group(2);
              return Matcher.quoteReplacement(text(place.group(1), word));
            });
  }

  private String text(String what, String word) {
    return switch (what) {
      case "goals" -> Tables.goals(goals(), data);
      case "comparison" -> Tables.comparison(word, data);
      case "environment" -> Tables.environment(data);
      case "version" -> version(word);
      case "suite" -> suite(word);
      case "others" -> others();
      default -> throw new IllegalStateException("nothing makes " + what);
    };
  }

  /** Returns the goals in the order of their file. */
  static List<Goal> goals() {
    return resource("goals.txt").lines().skip(1).map(Goal::parse).toList();
  }

  private String version(String name) {
    return data.suites().stream()
        .flatMap(results -> results.environment().entrySet().stream())
        .filter(version -> version.getKey().equals(name))
        .map(version -> version.getValue())
        .findFirst()
        .orElse("of unknown version");
  }

  /** Returns the table of a suite, which may be followed by the base of its ratios. */
  private String suite(String word) {
    String[] parts = word.split(" × ");
    told.add(parts[0]);
    return Tables.suite(parts[0], new Base(parts.length == 1 ? "" : parts[1]), data);
  }

  /** Returns the tables of suites that the template has no words for yet. */
  private String others() {
    return data.suites().stream()
        .map(results -> results.suite())
        .filter(suite -> !told.contains(suite))
        .map(suite -> "## " + suite + "\n\n" + Tables.suite(suite, new Base(""), data) + "\n\n")
        .collect(Collectors.joining());
  }

  private static String resource(String name) {
    try (InputStream stream = Report.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
