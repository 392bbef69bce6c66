package dev.latchkey.benchmark.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A logarithmic axis with a mark at each power of ten. The marks of the class above are drawn as
 * outlines of letters, which are large and which nobody can select or have read out.
 */
final class Decades extends LogAxis {
  private static final long serialVersionUID = 1;
  private static final double ROUNDING = 1e-9;

  Decades(String label, double from, double to) {
    super(label);
    setRange(from, to);
  }

  /** The power of ten at or below. */
  static double below(double value) {
    return Math.pow(10, Math.floor(Math.log10(value)));
  }

  /** The power of ten at or above. */
  static double above(double value) {
    return Math.pow(10, Math.ceil(Math.log10(value)));
  }

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
    TextAnchor anchor = RectangleEdge.isLeftOrRight(edge) ? TextAnchor.CENTER_RIGHT : anchor(edge);
    List<NumberTick> ticks = new ArrayList<>();
    int last = (int) Math.floor(Math.log10(getUpperBound()) + ROUNDING);
    for (int i = (int) Math.ceil(Math.log10(getLowerBound()) - ROUNDING); i <= last; i++) {
      double value = Math.pow(10, i);
      ticks.add(new NumberTick(value, Numbers.text(value), anchor, anchor, 0));
    }
    return ticks;
  }

  private static TextAnchor anchor(RectangleEdge edge) {
    return edge == RectangleEdge.TOP ? TextAnchor.BOTTOM_CENTER : TextAnchor.TOP_CENTER;
  }
}
