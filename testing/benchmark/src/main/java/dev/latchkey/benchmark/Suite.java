package dev.latchkey.benchmark;

/**
 * Measurements that belong together: ratios between them hold.
 *
 * @param name what the command line and the results call it
 * @param measuring makes them
 */
record Suite(String name, Measuring measuring) {
  /** Gives every sample to {@code samples}. */
  @FunctionalInterface
  interface Measuring {
    void run(Samples samples, Scale scale) throws Exception;
  }

  Results run(Scale scale) throws Exception {
    Samples samples = new Samples(name);
    measuring.run(samples, scale);
    return samples.results();
  }
}
