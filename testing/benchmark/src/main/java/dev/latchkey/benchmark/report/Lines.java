package dev.latchkey.benchmark.report;

import dev.latchkey.benchmark.Measurement;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.Range;
import org.jfree.data.general.DatasetUtils;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * A line for each, over a parameter; both axes are logarithmic, so that what stays as it is, is
 * level, however long it takes.
 *
 * @param title what it shows
 * @param parameter along the axis below
 * @param unit of the other axis
 */
record Lines(String title, String parameter, String unit) {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 480;
  private static final float STROKE = 2;
  private static final double CAP = 6;

  /** Room at the ends, as a factor. */
  private static final double MARGIN = 1.5;

  Optional<Drawing> draw(List<Measurement> measurements) {
    Map<String, YIntervalSeries> lines = new TreeMap<>();
    for (Measurement measurement : measurements) {
      Optional<Double> at = number(measurement);
      at.ifPresent(
          x ->
              lines
                  .computeIfAbsent(measurement.name(), YIntervalSeries::new)
                  .add(x, measurement.median(), measurement.min(), measurement.max()));
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    lines.values().forEach(data::addSeries);
    Range across = DatasetUtils.findDomainBounds(data);
    ValueAxis below =
        new Decades(
            parameter + ", logarithmic",
            across.getLowerBound() / MARGIN,
            across.getUpperBound() * MARGIN);
    Range up = DatasetUtils.findRangeBounds(data, true);
    ValueAxis beside =
        new Decades(
            unit + ", logarithmic",
            Decades.below(up.getLowerBound()),
            Decades.above(up.getUpperBound()));
    Style.axis(below);
    Style.axis(beside);
    XYPlot plot = new XYPlot(data, below, beside, renderer(lines.size()));
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(Style.grid());
    plot.setRangeGridlineStroke(Style.thin());
    JFreeChart chart = Style.chart(title, plot, true);
    return Optional.of(new Drawing(title, Svg.text(chart, WIDTH, HEIGHT)));
  }

  private Optional<Double> number(Measurement measurement) {
    return Optional.ofNullable(measurement.parameters().get(parameter))
        .filter(value -> value.matches("\\d+"))
        .map(Double::valueOf);
  }

  private static XYErrorRenderer renderer(int lines) {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDefaultLinesVisible(true);
    renderer.setDrawXError(false);
    renderer.setCapLength(CAP);
    for (int i = 0; i < lines; i++) {
      Color color = Style.SERIES.get(i % Style.SERIES.size());
      renderer.setSeriesPaint(i, color);
      renderer.setSeriesStroke(i, new BasicStroke(STROKE));
    }
    return renderer;
  }
}
