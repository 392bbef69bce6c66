package dev.latchkey.benchmark;

import java.util.List;
import java.util.Map;

/** Measurements that are made, and can be made again, together: ratios between them hold. */
public interface Suite {
  /** What the command line and the results call it. */
  String name();

  /**
   * Measures.
   *
   * @param scale how large and how long
   */
  List<Measurement> run(Scale scale) throws Exception;

  /** The versions of what it measured, by name: figures of peers are those of a version. */
  default Map<String, String> versions() {
    return Map.of();
  }
}
