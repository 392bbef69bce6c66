package dev.latchkey.benchmark.report;

import dev.latchkey.benchmark.Results;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What it was measured on. Suites may have been run at different times and on different machines: a
 * value that not all of them share is told with those that it is of.
 */
final class EnvironmentTable {
  private static final String AT = "at";
  private static final List<String> FIRST = List.of("cpu", "cores", "memory", "os", "jdk", AT);

  private EnvironmentTable() {}

  static String text(RawData data) {
    if (data.suites().isEmpty()) {
      return "Nothing was measured yet.";
    }
    Set<String> known = new TreeSet<>();
    data.suites().forEach(results -> known.addAll(results.environment().keySet()));
    Set<String> keys = new LinkedHashSet<>(FIRST);
    keys.retainAll(known);
    keys.addAll(known);
    Table table = new Table(List.of("", ""));
    for (String key : keys) {
      table.row(key, values(data, key));
    }
    return table.text();
  }

  /** Of the instant, the day. */
  private static String told(String key, String value) {
    return key.equals(AT) ? value.replaceFirst("T.*", "") : value;
  }

  private static String values(RawData data, String key) {
    Map<String, List<String>> suites =
        data.suites().stream()
            .filter(results -> results.environment().containsKey(key))
            .collect(
                Collectors.groupingBy(
                    results -> told(key, results.environment().getOrDefault(key, "")),
                    LinkedHashMap::new,
                    Collectors.mapping(Results::suite, Collectors.toList())));
    return suites.size() == 1
        ? suites.keySet().iterator().next()
        : suites.entrySet().stream()
            .map(entry -> "%s (%s)".formatted(entry.getKey(), String.join(", ", entry.getValue())))
            .collect(Collectors.joining("; "));
  }
}
