package dev.latchkey.benchmark.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.ui.RectangleInsets;

/**
 * How charts look. White whatever is behind them, as the reader's page may be light or dark; in
 * fonts that every reader has.
 */
final class Style {
  static final Color US = new Color(0x0072B2);
  static final Color OTHERS = new Color(0xA9B4BE);
  static final Color TEXT = new Color(0x24292F);

  /** Told apart by those who see colours otherwise, too. */
  static final List<Color> SERIES =
      List.of(
          US,
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xB8860B),
          new Color(0x56B4E9),
          new Color(0x000000),
          new Color(0x8C564B));

  static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  private static final Color GRID = new Color(0xD8DEE4);
  private static final BasicStroke THIN = new BasicStroke(1);
  private static final double MARGIN = 12;

  private Style() {}

  static JFreeChart chart(String title, Plot plot, boolean legend) {
    JFreeChart chart = new JFreeChart(title, TITLE, plot, legend);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(MARGIN, MARGIN, MARGIN, MARGIN));
    chart.getTitle().setPaint(TEXT);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    if (legend) {
      chart.getLegend().setItemFont(PLAIN);
      chart.getLegend().setItemPaint(TEXT);
      chart.getLegend().setFrame(BlockBorder.NONE);
    }
    return chart;
  }

  static void axis(Axis axis) {
    axis.setLabelFont(PLAIN);
    axis.setLabelPaint(TEXT);
    axis.setTickLabelFont(PLAIN);
    axis.setTickLabelPaint(TEXT);
    axis.setAxisLinePaint(GRID);
    axis.setTickMarkPaint(GRID);
  }

  static Color grid() {
    return GRID;
  }

  static BasicStroke thin() {
    return THIN;
  }
}
