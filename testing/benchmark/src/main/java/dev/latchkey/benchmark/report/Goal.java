package dev.latchkey.benchmark.report;

import dev.latchkey.benchmark.Measurement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was set as a goal before anything was measured.
 *
 * @param number which one; several bounds may make one goal
 * @param text what it says
 * @param of what is measured
 * @param base what the figure is a ratio to, or null if it is judged as it is
 * @param bound how far the median may go, under every condition
 */
record Goal(String number, String text, Selection of, @Nullable Base base, Bound bound) {
  /** The figures that it is about, each by itself. */
  List<Finding> findings(RawData data) {
    List<Measurement> all = data.measurements(of.suite());
    return data.find(of).stream()
        .flatMap(
            measurement ->
                figure(measurement, all).map(figure -> new Finding(measurement, figure)).stream())
        .toList();
  }

  private Optional<Figure> figure(Measurement measurement, List<Measurement> all) {
    return base == null ? Optional.of(Figure.of(measurement)) : base.ratio(measurement, all);
  }

  String unit() {
    return base == null ? of.unit() : base.title();
  }
}
