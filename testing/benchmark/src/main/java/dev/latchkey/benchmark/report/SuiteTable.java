package dev.latchkey.benchmark.report;

import dev.latchkey.benchmark.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that a suite measured, whatever that is: a row for each name, its conditions and its unit,
 * the ratio first where there is something to compare with.
 */
final class SuiteTable {
  private SuiteTable() {}

  static String text(RawData data, String suite) {
    List<Measurement> measurements = data.measurements(suite);
    if (measurements.isEmpty()) {
      return "Not measured.";
    }
    List<String> keys = Parameters.keys(measurements);
    Optional<Base> base = Bases.of(suite);
    Table table = new Table(titles(keys, base));
    for (Measurement measurement : measurements) {
      table.row(cells(measurement, keys, base, measurements));
    }
    return table.text();
  }

  private static List<String> titles(List<String> keys, Optional<Base> base) {
    List<String> titles = new ArrayList<>();
    titles.add("");
    titles.addAll(keys);
    base.ifPresent(some -> titles.add(some.title()));
    titles.addAll(List.of("median", "min–max", "unit", "samples"));
    return titles;
  }

  private static List<String> cells(
      Measurement measurement, List<String> keys, Optional<Base> base, List<Measurement> all) {
    List<String> cells = new ArrayList<>();
    cells.add(measurement.name());
    keys.forEach(key -> cells.add(Parameters.value(measurement, key)));
    base.ifPresent(some -> cells.add(ratio(measurement, some, all)));
    Figure figure = Figure.of(measurement);
    cells.add(Numbers.text(figure.median()));
    cells.add(figure.range());
    cells.add(measurement.unit());
    cells.add(String.valueOf(measurement.samples().size()));
    return cells;
  }

  private static String ratio(Measurement measurement, Base base, List<Measurement> all) {
    return Bases.applyTo(measurement.unit())
        ? base.ratio(measurement, all).map(Figure::text).orElse("")
        : "";
  }
}
