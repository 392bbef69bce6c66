package dev.latchkey.benchmark.report;

import dev.latchkey.benchmark.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everybody beside us: how many times our figure theirs is, a column for each number of keys.
 *
 * @param unit of what is compared
 */
record Comparison(String unit) {
  private static final String US = "latchkey";
  private static final String COLUMNS = "keys";

  String text(RawData data) {
    List<Measurement> all =
        data.measurements(HotPath.SUITE).stream()
            .filter(measurement -> measurement.unit().equals(unit))
            .filter(HotPath::isPlain)
            .toList();
    if (all.isEmpty()) {
      return "Not measured.";
    }
    List<String> columns = all.stream().map(m -> Parameters.value(m, COLUMNS)).distinct().toList();
    List<String> titles = new ArrayList<>(List.of(""));
    columns.forEach(column -> titles.add(column + (column.equals("1") ? " key" : " keys")));
    Table table = new Table(titles);
    for (String name : all.stream().map(Measurement::name).distinct().toList()) {
      List<String> cells = new ArrayList<>(List.of(name));
      columns.forEach(column -> cells.add(cell(name, column, all)));
      table.row(cells);
    }
    return table.text();
  }

  private static String cell(String name, String column, List<Measurement> all) {
    Optional<Measurement> measured =
        all.stream()
            .filter(measurement -> measurement.name().equals(name))
            .filter(measurement -> Parameters.value(measurement, COLUMNS).equals(column))
            .findFirst();
    return name.equals(US)
        ? "**1**"
        : measured
            .flatMap(measurement -> Base.named(US).ratio(measurement, all))
            .map(Figure::text)
            .orElse(Verdict.NOT_MEASURED);
  }
}
