package dev.latchkey.benchmark.report;

import dev.latchkey.benchmark.Measurement;

/**
 * Some measurements of a suite, under all conditions.
 *
 * @param suite which
 * @param name of what was measured; what ends in * stands for all names that begin so
 * @param unit of the samples
 */
record Selection(String suite, String name, String unit) {
  private static final String ANY = "*";

  boolean matches(Measurement measurement) {
    boolean named =
        name.endsWith(ANY)
            ? measurement.name().startsWith(name.substring(0, name.length() - ANY.length()))
            : measurement.name().equals(name);
    return named && measurement.unit().equals(unit);
  }
}
