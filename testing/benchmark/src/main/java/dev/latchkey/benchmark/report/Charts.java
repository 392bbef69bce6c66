package dev.latchkey.benchmark.report;

import dev.latchkey.benchmark.Measurement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The charts, by the names that the page calls them by. */
final class Charts {
  private static final String KEYS = "1000";

  private Charts() {}

  /** Nothing, if what it shows was not measured. */
  static Optional<Drawing> draw(String name, RawData data) {
    return switch (name) {
      case "hot-path" -> hotPath(data);
      case "wire" -> wire(data);
      case "rows" -> rows(data);
      default -> throw new IllegalArgumentException("there is no chart " + name);
    };
  }

  private static Optional<Drawing> hotPath(RawData data) {
    List<Measurement> all =
        data.find(new Selection(HotPath.SUITE, "*", "ns/op")).stream()
            .filter(HotPath::isPlain)
            .filter(measurement -> KEYS.equals(measurement.parameters().get("keys")))
            .sorted(Comparator.comparingDouble(Measurement::median))
            .toList();
    return new Bars("A request with one of 1 000 cached keys", "ns, logarithmic", true).draw(all);
  }

  private static Optional<Drawing> wire(RawData data) {
    List<Measurement> all =
        data.find(new Selection("wire", "*", "ratio to bare")).stream()
            .sorted(Comparator.comparingDouble(Measurement::median).reversed())
            .toList();
    return new Bars("Requests a second over HTTP", "ratio to no filter", false).draw(all);
  }

  private static Optional<Drawing> rows(RawData data) {
    return new Lines("Operations over the number of keys in the table", "rows", "µs")
        .draw(data.find(new Selection("rows", "*", "µs")));
  }
}
