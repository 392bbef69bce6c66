package dev.latchkey.benchmark.heap;

import dev.latchkey.benchmark.JavaProcess;
import dev.latchkey.benchmark.Samples;
import dev.latchkey.benchmark.Scale;
import java.io.IOException;
import java.util.List;

/**
 * The heap that a cached key takes with everything that belongs to it, in JVMs of their own. Two
 * ways, since each may err: the collector's figure, and the sum of all objects. Each comes out the
 * same every time, so once is enough.
 */
public final class HeapSuite {
  private HeapSuite() {}

  /** Measures. */
  public static void run(Samples samples, Scale scale) throws IOException {
    int keys = scale.of(10_000, 1_000_000);
    int fewer = scale.of(1_000, 100_000); // the sum of all objects takes memory itself
    measure(samples, "a cached key", "-XX:+UseCompressedOops", keys, fewer);
    String large = "a cached key, in heaps of 32 GiB and more";
    measure(samples, large, "-XX:-UseCompressedOops", keys, fewer);
  }

  private static void measure(Samples samples, String name, String pointers, int keys, int fewer)
      throws IOException {
    Samples here = samples.with("jvm", pointers);
    measure(here, name, pointers, CachedKeys.COLLECTOR, keys);
    measure(here, name, pointers, CachedKeys.REACHABLE, fewer);
  }

  private static void measure(Samples samples, String name, String pointers, String way, int keys)
      throws IOException {
    List<String> jvm =
        List.of(
            "-Xms2g",
            "-Xmx2g",
            "-XX:+UseSerialGC",
            "-XX:-UseTLAB", // a buffer that a thread has begun would count as a whole
            "-Djol.magicFieldOffset=true",
            pointers);
    double bytes = JavaProcess.measure(jvm, CachedKeys.class, way, String.valueOf(keys));
    samples.with("way", way).with("keys", keys).add(name, "B", bytes);
  }
}
