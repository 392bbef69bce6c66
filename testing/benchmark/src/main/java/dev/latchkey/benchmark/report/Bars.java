package dev.latchkey.benchmark.report;

import dev.latchkey.benchmark.Measurement;
import java.awt.Color;
import java.awt.Paint;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.labels.CategoryItemLabelGenerator;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/**
 * A bar for each, ours in a colour of its own, the figure and its range beside it.
 *
 * @param title what it shows
 * @param unit of the axis
 * @param logarithmic where peers are a hundred times apart
 */
record Bars(String title, String unit, boolean logarithmic) {
  private static final String US = "latchkey";
  private static final int WIDTH = 860;
  private static final int TOP = 110;
  private static final int HEIGHT_OF_ONE = 32;

  /** Room for the figures at the bars' ends, in parts of the greatest. */
  private static final double ROOM = 1.35;

  private static final double MARGIN = 0.02;

  /** From above in this order. */
  Optional<Drawing> draw(List<Measurement> measurements) {
    if (measurements.isEmpty()) {
      return Optional.empty();
    }
    DefaultCategoryDataset values = new DefaultCategoryDataset();
    measurements.forEach(
        measurement -> values.addValue(measurement.median(), unit, measurement.name()));
    ValueAxis axis = axis(measurements);
    CategoryAxis names = new CategoryAxis();
    names.setLowerMargin(MARGIN);
    names.setUpperMargin(MARGIN);
    Style.axis(names);
    Style.axis(axis);
    CategoryPlot plot = new CategoryPlot(values, names, axis, renderer(measurements, axis));
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeGridlinePaint(Style.grid());
    plot.setRangeGridlineStroke(Style.thin());
    JFreeChart chart = Style.chart(title, plot, false);
    return Optional.of(
        new Drawing(title, Svg.text(chart, WIDTH, TOP + HEIGHT_OF_ONE * measurements.size())));
  }

  private ValueAxis axis(List<Measurement> measurements) {
    double least = measurements.stream().mapToDouble(Measurement::median).min().orElseThrow();
    double greatest = measurements.stream().mapToDouble(Measurement::median).max().orElseThrow();
    if (logarithmic) {
      double from = Decades.below(least);
      return new Decades(unit, from, from * Math.pow(greatest / from, ROOM));
    }
    NumberAxis axis = new NumberAxis(unit);
    axis.setRange(0, greatest * ROOM);
    return axis;
  }

  private static BarRenderer renderer(List<Measurement> measurements, ValueAxis axis) {
    BarRenderer renderer =
        new BarRenderer() {
          private static final long serialVersionUID = 1;

          @Override
          public Paint getItemPaint(int row, int column) {
            return color(measurements.get(column));
          }
        };
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setBase(axis.getLowerBound());
    renderer.setIncludeBaseInRange(false);
    renderer.setDefaultItemLabelGenerator(labels(measurements));
    renderer.setDefaultItemLabelsVisible(true);
    renderer.setDefaultItemLabelFont(Style.PLAIN);
    renderer.setDefaultItemLabelPaint(Style.TEXT);
    renderer.setDefaultPositiveItemLabelPosition(
        new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
    return renderer;
  }

  private static Color color(Measurement measurement) {
    return measurement.name().equals(US) ? Style.US : Style.OTHERS;
  }

  private static CategoryItemLabelGenerator labels(List<Measurement> measurements) {
    return new StandardCategoryItemLabelGenerator() {
      private static final long serialVersionUID = 1;

      @Override
      public String generateLabel(CategoryDataset dataset, int row, int column) {
        return Figure.of(measurements.get(column)).text();
      }
    };
  }
}
