package dev.latchkey.benchmark;

import java.util.List;

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
}
