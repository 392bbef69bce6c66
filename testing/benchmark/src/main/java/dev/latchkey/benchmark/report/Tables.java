package dev.latchkey.benchmark.report;

import dev.latchkey.benchmark.Measurement;
import dev.latchkey.benchmark.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Makes tables of raw data, in Markdown. */
final class Tables {
  private static final String US = "latchkey";
  private static final List<String> MACHINE = List.of("cpu", "cores", "memory", "os", "jdk", "at");

  private Tables() {}

  /** Returns the goals with what came out, and first in a sentence which were missed. */
  static String goals(List<Goal> goals, RawData data) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "goal", "bound", "measured", "unit", "outcome"));
    goals.forEach(goal -> rows.add(goal.row(data)));
    String missed = numbers(goals, goal -> goal.isMissed(data));
    String unmeasured = numbers(goals, goal -> !goal.isMeasured(data));
    return (missed.isEmpty()
            ? "No goal that was measured is missed."
            : "**Missed: %s.**".formatted(missed))
        + (unmeasured.isEmpty() ? "" : " Not measured, or not in full: %s.".formatted(unmeasured))
        + "\n\n"
        + markdown(rows);
  }

  private static String numbers(List<Goal> goals, Predicate<Goal> some) {
    List<String> numbers = goals.stream().filter(some).map(Goal::number).distinct().toList();
    return switch (numbers.size()) {
      case 0 -> "";
      case 1 -> "goal " + numbers.get(0);
      default -> "goals " + String.join(", ", numbers);
    };
  }

  /** Returns all that a suite measured, with the ratio to the base where there is one. */
  static String suite(String suite, Base base, RawData data) {
    List<Measurement> all = data.measurements(suite);
    if (all.isEmpty()) {
      return "Not measured.";
    }
    List<String> conditions = conditions(all);
    List<List<String>> rows = new ArrayList<>();
    List<String> titles = new ArrayList<>(List.of(""));
    titles.addAll(conditions);
    titles.addAll(base.isNone() ? List.of() : List.of(base.title()));
    titles.addAll(List.of("median", "min–max", "unit", "samples"));
    rows.add(titles);
    for (Measurement measurement : all) {
      Figure figure = Figure.of(measurement.samples());
      List<String> row = new ArrayList<>(List.of(measurement.name()));
      conditions.forEach(condition -> row.add(value(measurement, condition)));
      if (!base.isNone()) {
        row.add(base.of(measurement, all).map(Figure::text).orElse(""));
      }
      row.add(Figure.number(figure.median()));
      row.add(figure.range());
      row.add(measurement.unit());
      row.add(String.valueOf(measurement.samples().size()));
      rows.add(row);
    }
    return markdown(rows);
  }

  /** Returns how many times our figure theirs is on one thread, a column a number of keys. */
  static String comparison(String unit, RawData data) {
    List<Measurement> all =
        data.measurements("hot-path").stream()
            .filter(measurement -> measurement.unit().equals(unit))
            .filter(measurement -> measurement.parameter("jdk").equals("this"))
            .filter(measurement -> measurement.parameter("threads").equals("1"))
            .toList();
    if (all.isEmpty()) {
      return "Not measured.";
    }
    List<String> columns = all.stream().map(m -> value(m, "keys")).distinct().toList();
    Map<String, List<String>> rows = new LinkedHashMap<>();
    rows.put("", new ArrayList<>(List.of("")));
    columns.forEach(keys -> rows.get("").add(keys + (keys.equals("1") ? " key" : " keys")));
    for (String name : all.stream().map(Measurement::name).distinct().toList()) {
      List<String> row = new ArrayList<>(List.of(name));
      for (String keys : columns) {
        row.add(
            name.equals(US)
                ? "**1**"
                : all.stream()
                    .filter(m -> m.name().equals(name) && value(m, "keys").equals(keys))
                    .flatMap(m -> new Base(US).of(m, all).stream())
                    .map(Figure::text)
                    .findFirst()
                    .orElse("not measured"));
      }
      rows.put(name, row);
    }
    return markdown(List.copyOf(rows.values()));
  }

  /** Returns machines and versions, each with the suites that it is of where these differ. */
  static String environment(RawData data) {
    if (data.suites().isEmpty()) {
      return "Nothing was measured yet.";
    }
    Set<String> known = new TreeSet<>();
    data.suites().forEach(results -> known.addAll(results.environment().keySet()));
    Set<String> keys = new LinkedHashSet<>(MACHINE);
    keys.retainAll(known);
    keys.addAll(known);
    List<List<String>> rows = new ArrayList<>(List.of(List.of("", "")));
    for (String key : keys) {
      Map<String, String> suites =
          data.suites().stream()
              .filter(results -> results.environment().containsKey(key))
              .collect(
                  Collectors.groupingBy(
                      results ->
                          results
                              .environment()
                              .getOrDefault(key, "")
                              .replaceFirst("T\\d\\d:.*", ""),
                      LinkedHashMap::new,
                      Collectors.mapping(Results::suite, Collectors.joining(", "))));
      List<String> values = new ArrayList<>();
      suites.forEach(
          (value, of) -> values.add(suites.size() == 1 ? value : value + " (" + of + ")"));
      rows.add(List.of(key, String.join("; ", values)));
    }
    return markdown(rows);
  }

  /** Returns the conditions that any of them has; the JVM's version says more than which JDK. */
  static List<String> conditions(List<Measurement> measurements) {
    return measurements.stream()
        .flatMap(measurement -> measurement.parameters().keySet().stream())
        .distinct()
        .filter(condition -> !condition.equals("jdk"))
        .toList();
  }

  static String value(Measurement measurement, String condition) {
    String value = measurement.parameter(condition);
    return value.matches("\\d{1,18}")
        ? Figure.number(Double.parseDouble(value))
        : value.replace(" 64-Bit Server VM", "");
  }

  private static String markdown(List<List<String>> rows) {
    List<String> lines =
        rows.stream()
            .map(row -> row.stream().map(cell -> cell.replace("|", "\\|")).toList())
            .map(row -> "| " + String.join(" | ", row) + " |")
            .collect(Collectors.toCollection(ArrayList::new));
    lines.add(1, "| " + "--- | ".repeat(rows.get(0).size()).trim());
    return String.join("\n", lines);
  }
}
