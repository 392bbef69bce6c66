package dev.latchkey.benchmark.report;

import java.awt.Dimension;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringWriter;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGeneratorContext.GraphicContextDefaults;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Charts as SVG whose text stays text, and which is the same for the same data. */
final class Svg {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";
  private static final int DECIMALS = 1;

  private Svg() {}

  static String text(JFreeChart chart, int width, int height) {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
    context.setPrecision(DECIMALS);
    GraphicContextDefaults defaults = new GraphicContextDefaults();
    defaults.setFont(Style.PLAIN);
    context.setGraphicContextDefaults(defaults);
    SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    graphics.setSVGCanvasSize(new Dimension(width, height));
    chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
    Element root = graphics.getRoot();
    root.setAttributeNS(null, "viewBox", "0 0 %d %d".formatted(width, height));
    root.setAttributeNS(null, "role", "img");
    root.setAttributeNS(null, "aria-label", chart.getTitle().getText());
    StringWriter svg = new StringWriter();
    try {
      graphics.stream(root, svg, true, false);
    } catch (IOException e) {
      throw new IllegalStateException("text is written into memory", e);
    }
    String text = svg.toString().replace("\r\n", "\n");
    return text.substring(text.indexOf("<svg")); // without a DTD
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(NAMESPACE, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("every Java platform makes XML documents", e);
    }
  }
}
