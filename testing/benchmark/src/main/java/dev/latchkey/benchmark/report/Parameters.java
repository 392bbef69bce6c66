package dev.latchkey.benchmark.report;

import dev.latchkey.benchmark.Measurement;
import java.util.List;
import java.util.regex.Pattern;

/** The conditions of measurements, as people read them. */
final class Parameters {
  /** Which of two JDKs it was, that is: the JVM's version says more. */
  private static final String UNTOLD = "jdk";

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
  private static final String VM_NAME = " 64-Bit Server VM";

  private Parameters() {}

  /** All that any of them has, in their order. */
  static List<String> keys(List<Measurement> measurements) {
    return measurements.stream()
        .flatMap(measurement -> measurement.parameters().keySet().stream())
        .distinct()
        .filter(key -> !key.equals(UNTOLD))
        .toList();
  }

  static String value(Measurement measurement, String key) {
    String value = measurement.parameters().getOrDefault(key, "");
    return NUMBER.matcher(value).matches()
        ? Numbers.text((double) Long.parseLong(value))
        : value.replace(VM_NAME, "");
  }
}
