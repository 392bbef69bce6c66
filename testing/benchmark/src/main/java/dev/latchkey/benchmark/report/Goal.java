package dev.latchkey.benchmark.report;

import dev.latchkey.benchmark.Measurement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A goal that was set before anything was measured, and its judge: the median counts, under every
 * condition, and one miss is a miss.
 *
 * @param number several bounds may make one goal
 * @param name of what is measured, or {@code *} for all of that unit
 * @param sign of the bound, or {@code told} where nothing was promised
 */
record Goal(
    String number,
    String text,
    String suite,
    String name,
    String unit,
    Base base,
    String sign,
    double bound) {
  private static final String TOLD = "told";
  private static final int LISTED = 3;

  /** A figure to judge, and where it comes from. */
  private record Finding(Measurement measurement, Figure figure) {}

  /** Reads a line of {@code goals.txt}. */
  static Goal parse(String line) {
    String[] cells = line.split("\\s*\\|\\s*");
    String[] bound = cells[6].split(" ");
    double value = bound.length == 1 ? 0 : Double.parseDouble(bound[1]);
    return new Goal(
        cells[0], cells[1], cells[2], cells[3], cells[4], new Base(cells[5]), bound[0], value);
  }

  boolean isMeasured(RawData data) {
    return !findings(data).isEmpty();
  }

  boolean isMissed(RawData data) {
    return !misses(findings(data)).isEmpty();
  }

  List<String> row(RawData data) {
    List<Finding> findings = findings(data);
    return List.of(
        number,
        text,
        sign.equals(TOLD) ? TOLD : sign + " " + Figure.number(bound),
        measured(findings),
        base.isNone() ? unit : base.title(),
        outcome(findings));
  }

  private List<Finding> findings(RawData data) {
    List<Measurement> all = data.measurements(suite);
    return all.stream()
        .filter(measurement -> name.equals("*") || measurement.name().equals(name))
        .filter(measurement -> measurement.unit().equals(unit))
        .flatMap(
            measurement ->
                base.of(measurement, all).map(figure -> new Finding(measurement, figure)).stream())
        .toList();
  }

  private boolean holds(double figure) {
    return switch (sign) {
      case "≤" -> figure <= bound;
      case "<" -> figure < bound;
      case "≥" -> figure >= bound;
      case TOLD -> true;
      default -> throw new IllegalStateException("no bound is " + sign);
    };
  }

  private List<Finding> misses(List<Finding> findings) {
    return findings.stream().filter(finding -> !holds(finding.figure().median())).toList();
  }

  /** Returns all figures where nothing was promised, else the worst. */
  private String measured(List<Finding> findings) {
    if (sign.equals(TOLD) || findings.size() <= 1) {
      return list(findings, findings);
    }
    Comparator<Finding> order = Comparator.comparingDouble(finding -> finding.figure().median());
    Stream<Finding> sorted = findings.stream().sorted(sign.equals("≥") ? order : order.reversed());
    return list(sorted.limit(1).toList(), findings) + ", the worst of " + findings.size();
  }

  private String outcome(List<Finding> findings) {
    List<Finding> misses = misses(findings);
    if (findings.isEmpty()) {
      return "not measured";
    } else if (sign.equals(TOLD)) {
      return "";
    } else if (misses.isEmpty()) {
      boolean throughout =
          findings.stream()
              .map(Finding::figure)
              .allMatch(figure -> holds(figure.min()) && holds(figure.max()));
      return throughout ? "met" : "met; the range reaches beyond";
    } else if (findings.size() == 1) {
      return "**MISSED**";
    }
    String counted = "**MISSED** in %d of %d".formatted(misses.size(), findings.size());
    return misses.size() > LISTED ? counted : counted + ": " + list(misses, findings);
  }

  private static String list(List<Finding> some, List<Finding> all) {
    return some.stream()
        .map(finding -> finding.figure().text() + where(finding.measurement(), all))
        .collect(Collectors.joining("; "));
  }

  /** Returns what tells a measurement from the others. */
  private static String where(Measurement measurement, List<Finding> all) {
    List<Measurement> others = all.stream().map(Finding::measurement).toList();
    Stream<String> name = Stream.of(measurement.name());
    Stream<String> conditions =
        Tables.conditions(others).stream()
            .filter(key -> others.stream().map(o -> o.parameter(key)).distinct().count() > 1)
            .map(key -> key + " " + Tables.value(measurement, key));
    boolean named = others.stream().map(Measurement::name).distinct().count() > 1;
    String where =
        Stream.concat(named ? name : Stream.of(), conditions).collect(Collectors.joining(", "));
    return where.isEmpty() ? "" : " with " + where;
  }
}
