package dev.latchkey.benchmark.report;

import dev.latchkey.benchmark.Measurement;
import java.util.Map;

/** Where everybody was measured: on one JDK and one thread. */
final class HotPath {
  static final String SUITE = "hot-path";

  private HotPath() {}

  static boolean isPlain(Measurement measurement) {
    Map<String, String> parameters = measurement.parameters();
    return "this".equals(parameters.get("jdk")) && "1".equals(parameters.get("threads"));
  }
}
